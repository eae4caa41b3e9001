//! The language page of the manual.

/// The text of `:help language`.
pub(super) const PAGE: &str = "\
A statement matches patterns in the graph and returns what they found.

  MATCH (c:Course)                        nodes with a label, called c
  MATCH (c:Course {name: 'X'})            … whose property has a value
  MATCH (s)-[r:COVERS]->(k)               a relationship of a type, from s to k
  MATCH (s)-[:COVERS|IN_SECTION]-(x)      of either type, in either direction
  MATCH (a)-[:BROADER*1..3]->(b)          one to three relationships in a row
  MATCH p = shortestPath((a)-[*]-(b))     the shortest path
  OPTIONAL MATCH …                        keeps the row where nothing is found
  WHERE c.name CONTAINS 'trauma' AND NOT k.code IS NULL
  WHERE EXISTS { (c)-[:IN_SECTION]->() }  asks whether there is one
  RETURN c.name AS course, count(*)       columns; the others are what is counted by
  RETURN DISTINCT c, collect(k.name)      without repeats; a list of values
  ORDER BY course DESC SKIP 5 LIMIT 10
  WITH c, count(k) AS covered             goes on with these, as a row each
  UNWIND [1, 2, 3] AS x                   a row for each element
  … UNION ALL …                           the rows of both
  CALL db.labels() YIELD label            rows of a procedure
  $name                                   a parameter; see :param

EXPLAIN before a statement shows its plan; PROFILE runs it and shows what each step did.
Comments are // to the end of the line, or /* between these */.
Several statements are divided by ;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_fits_a_terminal() {
        assert!(PAGE.lines().all(|line| line.chars().count() <= 90));
    }
}
