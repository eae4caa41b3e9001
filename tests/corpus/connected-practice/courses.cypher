// graph: connected-practice

// The contents of each level, with its days and credits.
MATCH (c:Course)-[:HAS_LEVEL]->(l:Level)
RETURN l.name AS level, count(*) AS courses, sum(c.durationDays) AS days, sum(c.credits) AS credits, count(c.durationDays) AS stated
ORDER BY courses DESC, level;

// Courses for which no length is stated, with what is stated instead.
MATCH (c:Course) WHERE c.durationDays IS NULL
RETURN c.name AS course, c.credits AS credits, c.mode AS mode
ORDER BY course;

// Where a course is found: on a platform, or with an organisation.
MATCH (c:Course)
OPTIONAL MATCH (c)-[:AVAILABLE_ON]->(p:Platform)
OPTIONAL MATCH (c)-[:PROVIDED_BY]->(o:Organisation)
RETURN coalesce(p.name, o.name, 'not stated') AS place, count(DISTINCT c) AS courses
ORDER BY courses DESC, place;

// The duration of each course of a section, with the longest of them.
MATCH (c:Course)-[:IN_SECTION]->(s:Section) WHERE c.durationDays IS NOT NULL
WITH s, c ORDER BY c.durationDays DESC, c.name
WITH s, sum(c.durationDays) AS days, collect(c.name)[0] AS longest
RETURN s.name AS section, days, longest
ORDER BY s.position, section;

// Course instances with their application deadline, the earliest first.
MATCH (c:Course)-[:HAS_INSTANCE]->(i:CourseInstance)
RETURN i.startMonth AS month, c.name AS course, i.applicationDeadline AS deadline
ORDER BY month, course;

// The source of the level of each advanced course.
MATCH (c:Course)-[h:HAS_LEVEL]->(:Level {name: 'Advanced'})
RETURN h.via AS via, count(*) AS courses, min(h.lineFrom) AS firstLine
ORDER BY via;

// Courses that follow each other.
MATCH (b:LearningResource)-[:FOLLOWS]->(a:Course)
RETURN a.name AS first, b.name AS second, [label IN labels(b) WHERE label <> 'LearningResource'] AS kind
ORDER BY first, second;

// The contact for an application, from the course or from its section.
MATCH (c:Course)-[:IN_SECTION]->(s:Section), (x)-[k:CONTACT]->(t:Team)
WHERE x = c OR x = s
RETURN t.name AS team, k.purpose AS purpose, count(DISTINCT c) AS courses
ORDER BY team, purpose;

// Which kinds of resource each section lists.
MATCH (s:Section)
RETURN s.name AS section,
       COUNT { (s)<-[:IN_SECTION]-(:Course) } AS courses,
       COUNT { (s)<-[:IN_SECTION]-(:Webinar) } AS webinars,
       COUNT { (s)<-[:IN_SECTION]-(:Activity) } AS activities,
       COUNT { (s)<-[:IN_SECTION]-(:Guidance) } AS guidance,
       COUNT { (s)<-[:IN_SECTION]-(:Community) } AS communities
ORDER BY s.position, section;

// Learning resources listed in more than one section.
MATCH (x:LearningResource)-[:IN_SECTION]->(s:Section)
WITH x, collect(DISTINCT s.name) AS sections WHERE size(sections) > 1
RETURN x.name AS resource, size(sections) AS sections
ORDER BY resource;
