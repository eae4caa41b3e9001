// graph: connected-practice

// error ConstraintViolation 8-46: expected a unique `id` (each id is unique), found 'kss:1', which (:Competency:KSS {id: 'kss:1', name: 'KSS 1'}) has already
// help: use `MATCH` or `MERGE` for an existing entity, or choose other values
CREATE (:KSS {id: 'kss:1', basis: 'external'});

// error ConstraintViolation 22-36: expected a unique `id` (each id is unique), found 'course', which (:LearningResource:Course {id: 'course', name: 'Motivational Interviewing Foundation'}) has already
// help: use `MATCH` or `MERGE` for an existing entity, or choose other values
MATCH (c:Course) SET c.id = 'course';

// error ConstraintViolation 49-55: expected the property `basis` (every node has an id and a basis), found none on (:Person {id: 'per:michelle-race', name: 'Michelle Race'})
// help: set `basis` in the same statement
MATCH (p:Person {name: 'Michelle Race'}) REMOVE p.basis;

// error ConstraintViolation 8-25: expected the property `basis` (every node has an id and a basis), found none on (:Topic {id: 'x'})
// help: set `basis` in the same statement
CREATE (:Topic {id: 'x'});
