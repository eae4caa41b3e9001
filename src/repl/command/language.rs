//! The language page of the manual.

/// The text of `:help language`.
pub(super) const PAGE: &str = "\
A statement matches patterns in the graph and returns the matches.

  MATCH (c:Course)                        nodes with a label, called c
  MATCH (c:Course {name: 'X'})            … with a property of this value
  MATCH (s)-[r:COVERS]->(k)               a relationship of a type, from s to k
  MATCH (s)-[:COVERS|IN_SECTION]-(x)      of either type, in either direction
  MATCH (a)-[:BROADER*1..3]->(b)          a path of one to three relationships
  MATCH p = shortestPath((a)-[*]-(b))     the shortest path
  OPTIONAL MATCH …                        keeps the row if there is no match
  WHERE c.name CONTAINS 'trauma' AND NOT k.code IS NULL
  WHERE EXISTS { (c)-[:IN_SECTION]->() }  true if there is a match
  RETURN c.name AS course, count(*)       columns; counts the rows of each course
  RETURN DISTINCT c, collect(k.name)      without duplicates; a list of values
  ORDER BY course DESC SKIP 5 LIMIT 10
  WITH c, count(k) AS covered             continues with these columns
  UNWIND [1, 2, 3] AS x                   one row per element
  … UNION ALL …                           the rows of both queries
  CALL db.labels() YIELD label            rows of a procedure
  $name                                   a parameter; see :param

EXPLAIN before a statement shows its plan; PROFILE also runs it and measures the plan.
A comment is // to the end of the line, or /* between these marks */.
Statements are separated by ;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_fits_a_terminal() {
        assert!(PAGE.lines().all(|line| line.chars().count() <= 90));
    }
}
