//! Diagnostic codes: each has a class, a phase, a detail name and a GQLSTATUS.
//!
//! Classes and details are those that the openCypher TCK asserts; the status follows ISO/IEC 39075:2024, clause 23.

use std::fmt;

/// The class of an error. The name is that of the openCypher TCK if the TCK has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Class {
    SyntaxError,
    SemanticError,
    ParameterMissing,
    ConstraintVerificationFailed,
    ConstraintValidationFailed,
    SchemaError,
    EntityNotFound,
    PropertyNotFound,
    LabelNotFound,
    TypeError,
    ArgumentError,
    ArithmeticError,
    ProcedureError,
    LimitExceeded,
    Interrupted,
    TransactionError,
    LoadError,
    SaveError,
    InternalError,
    ProtocolError,
    Warning,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The phase in which a diagnostic is detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Before any data is read.
    Compile,
    /// While the statement runs.
    Runtime,
}

macro_rules! codes {
    ($($variant:ident: $class:ident $phase:ident $detail:literal $status:literal, $doc:literal;)*) => {
        /// An error or a warning. The doc of each code contains a short input that causes it, if there is one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $doc] $variant,)*
        }

        impl Code {
            /// All codes, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The class of the code.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)* }
            }

            /// The phase in which the code is detected.
            #[must_use]
            pub fn phase(self) -> Phase {
                match self { $(Self::$variant => Phase::$phase,)* }
            }

            /// The detail name; the spelling of the openCypher TCK if the TCK has one.
            #[must_use]
            pub fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)* }
            }

            /// The GQLSTATUS: two class characters and three subclass characters.
            #[must_use]
            pub fn gqlstatus(self) -> &'static str {
                match self { $(Self::$variant => $status,)* }
            }

            /// The meaning of the code, then `: ` and an input in backticks that causes it, if a short one exists.
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

codes! {
    // Detected from the text alone.
    UnexpectedSyntax: SyntaxError Compile "UnexpectedSyntax" "42001", "The text is not a valid statement: `RETURN 1 +`";
    NestingTooDeep: SyntaxError Compile "NestingTooDeep" "42001", "Brackets are nested deeper than the limit.";
    StatementTooLong: SyntaxError Compile "StatementTooLong" "42001", "The statement is longer than the limit.";
    InvalidNumberLiteral: SyntaxError Compile "InvalidNumberLiteral" "42001", "A number literal is malformed: `RETURN 0x1g`";
    IntegerOverflow: SyntaxError Compile "IntegerOverflow" "22003", "An integer literal exceeds 64 bits: `RETURN 9223372036854775808`";
    FloatingPointOverflow: SyntaxError Compile "FloatingPointOverflow" "22003", "A float literal exceeds the range of a float: `RETURN 1e999`";
    InvalidUnicodeLiteral: SyntaxError Compile "InvalidUnicodeLiteral" "42001", "An escape sequence is invalid: `RETURN '\\uH'`";
    InvalidUnicodeCharacter: SyntaxError Compile "InvalidUnicodeCharacter" "42001", "A character is not allowed at this place: `RETURN 42 — 41`";
    // Detected in a question.
    UnknownWord: SyntaxError Compile "UnknownWord" "42002", "A word of the question is unknown: `which courses cover tramua`";
    UnreadableQuestion: SyntaxError Compile "UnreadableQuestion" "42001", "The words of the question do not form a supported sentence: `courses which`";
    UnrelatedWords: SemanticError Compile "UnrelatedWords" "42002", "The graph has no relation between what the words of the question denote: `which levels attended`";
    AmbiguousQuestion: SemanticError Compile "AmbiguousQuestion" "42002", "The question has several interpretations with different rows.";
    InvalidPick: ArgumentError Compile "InvalidPick" "22003", "The question has no interpretation with the chosen number.";
    // Detected from the text and the catalog.
    UndefinedVariable: SyntaxError Compile "UndefinedVariable" "42002", "A variable is not in scope: `RETURN x`";
    VariableAlreadyBound: SyntaxError Compile "VariableAlreadyBound" "42002", "A variable is introduced twice: `MATCH (a) CREATE (a)`";
    VariableTypeConflict: SyntaxError Compile "VariableTypeConflict" "42002", "A variable is used with two different types: `MATCH (a)-[a]->() RETURN a`";
    InvalidArgumentType: SyntaxError Compile "InvalidArgumentType" "22G03", "An expression cannot have the required type: `RETURN NOT 1`";
    InvalidNumberOfArguments: SyntaxError Compile "InvalidNumberOfArguments" "42001", "A function gets too few or too many arguments: `RETURN size()`";
    UnknownFunction: SyntaxError Compile "UnknownFunction" "42002", "There is no such function: `RETURN sise([1])`";
    InvalidAggregation: SyntaxError Compile "InvalidAggregation" "42001", "An aggregate is not allowed at this place: `MATCH (n) WHERE count(n) > 1 RETURN n`";
    NestedAggregation: SyntaxError Compile "NestedAggregation" "42001", "An aggregate contains another aggregate: `RETURN count(count(*))`";
    AmbiguousAggregationExpression: SyntaxError Compile "AmbiguousAggregationExpression" "42001", "An expression combines an aggregate with a value that is not a grouping key: `MATCH (n) RETURN n.a + count(*)`";
    NonConstantExpression: SyntaxError Compile "NonConstantExpression" "42001", "The expression must not depend on a row: `MATCH (n) RETURN n LIMIT n.a`";
    NegativeIntegerArgument: SyntaxError Compile "NegativeIntegerArgument" "22003", "A number of rows is negative: `RETURN 1 LIMIT -1`";
    InvalidParameterUse: SyntaxError Compile "InvalidParameterUse" "42001", "A parameter is not allowed at this place: `MATCH (n $map) RETURN n`";
    NoSingleRelationshipType: SyntaxError Compile "NoSingleRelationshipType" "42001", "A relationship to create or merge needs exactly one type: `CREATE ()-[:A|B]->()`";
    RequiresDirectedRelationship: SyntaxError Compile "RequiresDirectedRelationship" "42001", "A relationship to create needs a direction: `CREATE (a)-[:R]-(b)`";
    CreatingVarLength: SyntaxError Compile "CreatingVarLength" "42001", "A relationship to create or merge cannot have a length: `CREATE ()-[:R*2]->()`";
    InvalidRelationshipPattern: SyntaxError Compile "InvalidRelationshipPattern" "42001", "The length of a relationship pattern is malformed: `MATCH ()-[*-2]->() RETURN 1`";
    RelationshipUniquenessViolation: SyntaxError Compile "RelationshipUniquenessViolation" "42001", "A pattern contains a relationship variable twice: `MATCH (a)-[r]->()-[r]->(a) RETURN r`";
    InvalidClauseComposition: SyntaxError Compile "InvalidClauseComposition" "42001", "A clause cannot follow the clause before it: `RETURN 1 AS a MATCH (b) RETURN b`";
    InvalidDelete: SyntaxError Compile "InvalidDelete" "42001", "Only nodes, relationships and paths can be deleted: `MATCH (n) DELETE n:Label`";
    DifferentColumnsInUnion: SyntaxError Compile "DifferentColumnsInUnion" "42001", "The queries of a `UNION` have different columns: `RETURN 1 AS a UNION RETURN 2 AS b`";
    ColumnNameConflict: SyntaxError Compile "ColumnNameConflict" "42001", "Two columns have the same name: `RETURN 1 AS a, 2 AS a`";
    NoVariablesInScope: SyntaxError Compile "NoVariablesInScope" "42002", "`*` needs a variable in scope: `MATCH () RETURN *`";
    NoExpressionAlias: SyntaxError Compile "NoExpressionAlias" "42001", "An expression in `WITH` needs an alias: `WITH 1 + 1 RETURN 1`";
    InvalidArgumentPassingMode: SyntaxError Compile "InvalidArgumentPassingMode" "42001", "A `CALL` inside a query needs its arguments: `MATCH (n) CALL db.labels YIELD label RETURN n, label`";
    ProcedureNotFound: ProcedureError Compile "ProcedureNotFound" "42002", "There is no such procedure: `CALL db.lables()`";
    MissingParameter: ParameterMissing Compile "MissingParameter" "42002", "A parameter has no value: `RETURN $x`";
    InvalidRequest: ProtocolError Compile "InvalidRequest" "42001", "A line of the session protocol is not a request.";
    NoProperties: TypeError Compile "InvalidArgumentType" "22G03", "The type of the expression has no properties: `WITH 1 AS one RETURN one.a`";
    // Detected at run time.
    InvalidArgumentTypeAtRuntime: TypeError Runtime "InvalidArgumentType" "22G03", "The type of a value does not suit the operation: `UNWIND [1, true] AS x RETURN 1 + x`";
    InvalidArgumentValue: TypeError Runtime "InvalidArgumentValue" "22G03", "A conversion does not accept the type of its argument: `RETURN toInteger($list)`";
    InvalidCast: ArgumentError Runtime "InvalidCast" "22018", "A value has no equivalent in the type of a `CAST`: `RETURN CAST('x' AS INTEGER)`";
    MapElementAccessByNonString: TypeError Runtime "MapElementAccessByNonString" "22G03", "The key of a map access is not a STRING: `RETURN $map[1]`";
    ListElementAccessByNonInteger: TypeError Runtime "ListElementAccessByNonInteger" "22G03", "The position of a list access is not an INTEGER: `RETURN $list['a']`";
    PropertyAccessOnNonMap: TypeError Runtime "PropertyAccessOnNonMap" "22G03", "The value has no properties: `RETURN $number.a`";
    InvalidPropertyType: TypeError Runtime "InvalidPropertyType" "22G03", "The value cannot be stored as a property: `CREATE ({a: [{}]})`";
    NumberOutOfRange: ArgumentError Runtime "NumberOutOfRange" "22003", "A number is outside its range: `RETURN range(1, 2, 0)`";
    MalformedPath: ArgumentError Runtime "MalformedPath" "22G0Z", "Nodes and relationships do not form a path: `MATCH (a:Level) RETURN PATH[a, a]`";
    TooManyRows: ArgumentError Runtime "TooManyRows" "22000", "A subquery has more rows than the one that its value needs: `RETURN VALUE { UNWIND [1, 2] AS x RETURN x }`";
    InvalidArgument: ArgumentError Runtime "InvalidArgumentType" "22G03", "A function does not accept the type of its argument: `RETURN range(1, $half)`";
    InvalidRegularExpression: ArgumentError Runtime "InvalidRegularExpression" "22000", "The regular expression is malformed: `RETURN 'a' =~ '('`";
    InvalidTemporalValue: ArgumentError Runtime "InvalidTemporalValue" "22007", "A date, time or duration is malformed or does not exist: `RETURN date('2020-13-01')`";
    DivisionByZero: ArithmeticError Runtime "DivisionByZero" "22012", "An INTEGER is divided by zero: `RETURN 1 / 0`";
    NumericOverflow: ArithmeticError Runtime "NumericOverflow" "22003", "The result of an INTEGER operation exceeds 64 bits: `RETURN 9223372036854775807 + 1`";
    NegativeIntegerAtRuntime: SyntaxError Runtime "NegativeIntegerArgument" "22003", "A number of rows is negative: `RETURN 1 LIMIT $minus_one`";
    InvalidCountAtRuntime: SyntaxError Runtime "InvalidArgumentType" "22G03", "A number of rows is not an INTEGER: `RETURN 1 LIMIT $half`";
    DeletedEntityAccess: EntityNotFound Runtime "DeletedEntityAccess" "22G0U", "A deleted node or relationship is read: `MATCH (l:Level) DETACH DELETE l RETURN l.name`";
    DeleteConnectedNode: ConstraintVerificationFailed Runtime "DeleteConnectedNode" "G1001", "A node to delete still has relationships: `MATCH (l:Level) DELETE l`";
    MergeReadOwnWrites: SemanticError Runtime "MergeReadOwnWrites" "22G03", "A property in the pattern of a `MERGE` is null: `MERGE ({a: null})`";
    ConstraintViolation: ConstraintValidationFailed Runtime "ConstraintViolation" "G2000", "The statement violates a rule of the graph: `CREATE (:Note)`";
    SchemaExists: SchemaError Runtime "SchemaExists" "22N70", "An index or a constraint exists already, or its name is taken.";
    SchemaNotFound: SchemaError Runtime "SchemaNotFound" "22N69", "There is no such index or constraint: `DROP INDEX nothing`";
    SchemaConflict: SchemaError Runtime "SchemaConflict" "22N73", "An index or a constraint conflicts with another.";
    RowLimit: LimitExceeded Runtime "RowLimit" "54000", "The answer has more rows than the limit.";
    MemoryLimit: LimitExceeded Runtime "MemoryLimit" "54000", "The statement needs more memory than the limit.";
    TimeLimit: LimitExceeded Runtime "TimeLimit" "54000", "The statement runs longer than the limit.";
    PathLimit: LimitExceeded Runtime "PathLimit" "54000", "A path has more relationships than the limit.";
    Cancelled: Interrupted Runtime "Cancelled" "57014", "The statement was interrupted.";
    InvalidTransactionState: TransactionError Runtime "InvalidTransactionState" "25000", "No transaction is open, or a transaction is open already: `COMMIT`";
    TransactionConflict: TransactionError Runtime "TransactionConflict" "40000", "Another transaction has changed the shared graph since this one read it.";
    WriterBusy: TransactionError Runtime "WriterBusy" "40000", "Another transaction changes the shared graph, and did not end in time.";
    SessionClosed: TransactionError Runtime "SessionClosed" "08000", "`SESSION CLOSE` has ended the session.";
    ReadOnly: TransactionError Runtime "ReadOnly" "25G03", "A request that only reads would change the graph.";
    JournalProblem: SaveError Runtime "JournalProblem" "40000", "The changes of a transaction cannot be written to the journal of the graph, so that they are undone.";
    SaveProblem: SaveError Runtime "SaveProblem" "22000", "The graph cannot be saved to the destination.";
    LoadProblem: LoadError Runtime "LoadProblem" "22000", "A file of the graph is missing or invalid.";
    InternalError: InternalError Runtime "InternalError" "XX000", "The engine reached an invalid state; the statement is rolled back.";
    // Warnings: legal, but probably not intended.
    UnknownLabel: Warning Compile "UnknownLabel" "01N50", "No node has the label: `MATCH (n:Coarse) RETURN n.name`";
    UnknownRelationshipType: Warning Compile "UnknownRelationshipType" "01N51", "No relationship has the type: `MATCH ()-[:COVER]->() RETURN 1`";
    UnknownPropertyKey: Warning Compile "UnknownPropertyKey" "01N52", "No node or relationship has the property: `MATCH (n) RETURN n.nmae`";
    ReversedRelationship: Warning Compile "ReversedRelationship" "01N53", "Relationships of the type run only in the opposite direction between the labels: `MATCH (:KSS)-[:COVERS]->(:Section) RETURN 1`";
    CartesianProduct: Warning Compile "CartesianProduct" "01N54", "Parts of a pattern share no variable: `MATCH (a:Level), (b:Framework) RETURN a.name, b.name`";
    ImpossibleRelationship: Warning Compile "ImpossibleRelationship" "01N55", "No relationship of the type runs between the labels: `MATCH (:Course)-[:COVERS]->(:KSS) RETURN 1`";
    UnusedVariable: Warning Compile "UnusedVariable" "01N56", "A variable of a pattern is never read and looks like another: `MATCH (level:Level)<-[:HAS_LEVEL]-(levle) RETURN level`";
}

impl Code {
    /// The meaning of the code, without the input.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.doc()
            .split_once(": `")
            .map_or(self.doc().trim_end_matches('.'), |(meaning, _)| meaning)
    }

    /// An input that causes the code; `None` if there is no short one.
    #[must_use]
    pub fn example(self) -> Option<&'static str> {
        let (_, example) = self.doc().split_once(": `")?;
        example.strip_suffix('`')
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}
