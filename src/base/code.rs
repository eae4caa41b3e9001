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
    UnexpectedSyntax: SyntaxError Compile "UnexpectedSyntax" "42001", "The text is not a statement: `RETURN 1 +`";
    NestingTooDeep: SyntaxError Compile "NestingTooDeep" "42001", "Brackets are nested deeper than the limit.";
    StatementTooLong: SyntaxError Compile "StatementTooLong" "42001", "The statement is longer than the limit.";
    InvalidNumberLiteral: SyntaxError Compile "InvalidNumberLiteral" "42001", "A number is misspelt: `RETURN 0x1g`";
    IntegerOverflow: SyntaxError Compile "IntegerOverflow" "22003", "A whole number needs more than 64 bits: `RETURN 9223372036854775808`";
    FloatingPointOverflow: SyntaxError Compile "FloatingPointOverflow" "22003", "A number is beyond the range of a float: `RETURN 1e999`";
    InvalidUnicodeLiteral: SyntaxError Compile "InvalidUnicodeLiteral" "42001", "An escape names no character: `RETURN '\\uH'`";
    InvalidUnicodeCharacter: SyntaxError Compile "InvalidUnicodeCharacter" "42001", "A character does not belong there: `RETURN 42 — 41`";
    // Detected in a question.
    UnknownWord: SyntaxError Compile "UnknownWord" "42002", "A word of a question is none that the graph knows: `which courses cover tramua`";
    UnreadableQuestion: SyntaxError Compile "UnreadableQuestion" "42001", "The words of a question make no sentence of a known form: `courses which`";
    UnrelatedWords: SemanticError Compile "UnrelatedWords" "42002", "The words of a question are known, but nothing ties what they stand for: `which levels attended`";
    AmbiguousQuestion: SemanticError Compile "AmbiguousQuestion" "42002", "A question can be read in several ways, which give other rows.";
    InvalidPick: ArgumentError Compile "InvalidPick" "22003", "There is no reading of the number that was picked.";
    // Detected from the text and the catalog.
    UndefinedVariable: SyntaxError Compile "UndefinedVariable" "42002", "A variable is not in scope: `RETURN x`";
    VariableAlreadyBound: SyntaxError Compile "VariableAlreadyBound" "42002", "A name is given twice: `MATCH (a) CREATE (a)`";
    VariableTypeConflict: SyntaxError Compile "VariableTypeConflict" "42002", "A variable is used as two kinds of thing: `MATCH (a)-[a]->() RETURN a`";
    InvalidArgumentType: SyntaxError Compile "InvalidArgumentType" "22G03", "An expression can never have the type asked for: `RETURN NOT 1`";
    InvalidNumberOfArguments: SyntaxError Compile "InvalidNumberOfArguments" "42001", "A function gets too few or too many arguments: `RETURN size()`";
    UnknownFunction: SyntaxError Compile "UnknownFunction" "42002", "There is no such function: `RETURN sise([1])`";
    InvalidAggregation: SyntaxError Compile "InvalidAggregation" "42001", "An aggregate stands where none may: `MATCH (n) WHERE count(n) > 1 RETURN n`";
    NestedAggregation: SyntaxError Compile "NestedAggregation" "42001", "An aggregate holds another: `RETURN count(count(*))`";
    AmbiguousAggregationExpression: SyntaxError Compile "AmbiguousAggregationExpression" "42001", "An expression mixes an aggregate with something that is no grouping key: `MATCH (n) RETURN n.a + count(*)`";
    NonConstantExpression: SyntaxError Compile "NonConstantExpression" "42001", "An expression may not depend on rows here: `MATCH (n) RETURN n LIMIT n.a`";
    NegativeIntegerArgument: SyntaxError Compile "NegativeIntegerArgument" "22003", "A count is below zero: `RETURN 1 LIMIT -1`";
    InvalidParameterUse: SyntaxError Compile "InvalidParameterUse" "42001", "A parameter may not stand here: `MATCH (n $map) RETURN n`";
    NoSingleRelationshipType: SyntaxError Compile "NoSingleRelationshipType" "42001", "A relationship that is written needs exactly one type: `CREATE ()-[:A|B]->()`";
    RequiresDirectedRelationship: SyntaxError Compile "RequiresDirectedRelationship" "42001", "A relationship that is created needs a direction: `CREATE (a)-[:R]-(b)`";
    CreatingVarLength: SyntaxError Compile "CreatingVarLength" "42001", "A relationship that is created has no length: `CREATE ()-[:R*2]->()`";
    InvalidRelationshipPattern: SyntaxError Compile "InvalidRelationshipPattern" "42001", "A bounded length is misspelt: `MATCH ()-[*-2]->() RETURN 1`";
    RelationshipUniquenessViolation: SyntaxError Compile "RelationshipUniquenessViolation" "42001", "One relationship variable stands twice in a pattern: `MATCH (a)-[r]->()-[r]->(a) RETURN r`";
    InvalidClauseComposition: SyntaxError Compile "InvalidClauseComposition" "42001", "Clauses do not follow one another so: `CREATE (a) MATCH (b) RETURN b`";
    InvalidDelete: SyntaxError Compile "InvalidDelete" "42001", "Only nodes, relationships and paths are deleted: `MATCH (n) DELETE n:Label`";
    DifferentColumnsInUnion: SyntaxError Compile "DifferentColumnsInUnion" "42001", "The parts of a union have other columns: `RETURN 1 AS a UNION RETURN 2 AS b`";
    ColumnNameConflict: SyntaxError Compile "ColumnNameConflict" "42001", "Two columns bear one name: `RETURN 1 AS a, 2 AS a`";
    NoVariablesInScope: SyntaxError Compile "NoVariablesInScope" "42002", "`*` stands for nothing: `MATCH () RETURN *`";
    NoExpressionAlias: SyntaxError Compile "NoExpressionAlias" "42001", "An expression in `WITH` needs a name: `WITH 1 + 1 RETURN 1`";
    InvalidArgumentPassingMode: SyntaxError Compile "InvalidArgumentPassingMode" "42001", "A call inside a query needs its arguments: `MATCH (n) CALL db.labels YIELD label RETURN n, label`";
    ProcedureNotFound: ProcedureError Compile "ProcedureNotFound" "42002", "There is no such procedure: `CALL db.lables()`";
    MissingParameter: ParameterMissing Compile "MissingParameter" "42002", "A parameter has no value: `RETURN $x`";
    InvalidRequest: ProtocolError Compile "InvalidRequest" "42001", "A line of a session is no request.";
    NoProperties: TypeError Compile "InvalidArgumentType" "22G03", "A property is read of what never has any: `WITH 1 AS one RETURN one.a`";
    // Detected at run time.
    InvalidArgumentTypeAtRuntime: TypeError Runtime "InvalidArgumentType" "22G03", "A value has another type than an operation needs: `UNWIND [1, true] AS x RETURN 1 + x`";
    InvalidArgumentValue: TypeError Runtime "InvalidArgumentValue" "22G03", "A function cannot take the value: `RETURN toInteger($list)`";
    MapElementAccessByNonString: TypeError Runtime "MapElementAccessByNonString" "22G03", "A map is asked for a key that is no text: `RETURN $map[1]`";
    ListElementAccessByNonInteger: TypeError Runtime "ListElementAccessByNonInteger" "22G03", "A list is asked for a position that is no whole number: `RETURN $list['a']`";
    PropertyAccessOnNonMap: TypeError Runtime "PropertyAccessOnNonMap" "22G03", "A property is read of a value that has none: `RETURN $number.a`";
    InvalidPropertyType: TypeError Runtime "InvalidPropertyType" "22G03", "A property cannot hold the value: `CREATE ({a: [{}]})`";
    NumberOutOfRange: ArgumentError Runtime "NumberOutOfRange" "22003", "A number is outside of what is allowed: `RETURN range(1, 2, 0)`";
    InvalidArgument: ArgumentError Runtime "InvalidArgumentType" "22G03", "A function cannot work with the argument: `RETURN range(1, $half)`";
    InvalidRegularExpression: ArgumentError Runtime "InvalidRegularExpression" "22000", "A regular expression is misspelt: `RETURN 'a' =~ '('`";
    InvalidTemporalValue: ArgumentError Runtime "InvalidTemporalValue" "22007", "A date, time or duration is misspelt or impossible: `RETURN date('2020-13-01')`";
    DivisionByZero: ArithmeticError Runtime "DivisionByZero" "22012", "A whole number is divided by zero: `RETURN 1 / 0`";
    NumericOverflow: ArithmeticError Runtime "NumericOverflow" "22003", "A whole number grows beyond 64 bits: `RETURN 9223372036854775807 + 1`";
    NegativeIntegerAtRuntime: SyntaxError Runtime "NegativeIntegerArgument" "22003", "A count is below zero: `RETURN 1 LIMIT $minus_one`";
    InvalidCountAtRuntime: SyntaxError Runtime "InvalidArgumentType" "22G03", "A count is no whole number: `RETURN 1 LIMIT $half`";
    DeletedEntityAccess: EntityNotFound Runtime "DeletedEntityAccess" "22G0U", "A deleted node or relationship is read: `MATCH (l:Level) DETACH DELETE l RETURN l.name`";
    DeleteConnectedNode: ConstraintVerificationFailed Runtime "DeleteConnectedNode" "G1001", "A node still has relationships: `MATCH (l:Level) DELETE l`";
    MergeReadOwnWrites: SemanticError Runtime "MergeReadOwnWrites" "22G03", "A merged pattern has a null property: `MERGE ({a: null})`";
    ConstraintViolation: ConstraintValidationFailed Runtime "ConstraintViolation" "G2000", "A rule of the graph would be broken: `CREATE (:Note)`";
    RowLimit: LimitExceeded Runtime "RowLimit" "54000", "The answer has more rows than the limit.";
    MemoryLimit: LimitExceeded Runtime "MemoryLimit" "54000", "The statement needs more memory than the limit.";
    TimeLimit: LimitExceeded Runtime "TimeLimit" "54000", "The statement runs longer than the limit.";
    PathLimit: LimitExceeded Runtime "PathLimit" "54000", "A path has more relationships than the limit.";
    Cancelled: Interrupted Runtime "Cancelled" "57014", "The statement was interrupted.";
    InvalidTransactionState: TransactionError Runtime "InvalidTransactionState" "25000", "There is no transaction to end, or one is open: `COMMIT`";
    SaveProblem: SaveError Runtime "SaveProblem" "22000", "A graph cannot be written where it should be.";
    LoadProblem: LoadError Runtime "LoadProblem" "22000", "A file of a graph is not as it should be.";
    InternalError: InternalError Runtime "InternalError" "XX000", "The engine met a state that it excludes; the statement is undone.";
    // Warnings: legal, but probably not intended.
    UnknownLabel: Warning Compile "UnknownLabel" "01N50", "No node bears the label: `MATCH (n:Coarse) RETURN n.name`";
    UnknownRelationshipType: Warning Compile "UnknownRelationshipType" "01N51", "No relationship has the type: `MATCH ()-[:COVER]->() RETURN 1`";
    UnknownPropertyKey: Warning Compile "UnknownPropertyKey" "01N52", "Nothing has the property: `MATCH (n) RETURN n.nmae`";
    ReversedRelationship: Warning Compile "ReversedRelationship" "01N53", "The arrow never runs that way between those labels: `MATCH (:KSS)-[:COVERS]->(:Section) RETURN 1`";
    CartesianProduct: Warning Compile "CartesianProduct" "01N54", "Parts of a pattern share no variable: `MATCH (a:Level), (b:Framework) RETURN a.name, b.name`";
    ImpossibleRelationship: Warning Compile "ImpossibleRelationship" "01N55", "No such relationship runs between those labels: `MATCH (:Course)-[:COVERS]->(:KSS) RETURN 1`";
    UnusedVariable: Warning Compile "UnusedVariable" "01N56", "A variable of a pattern is never read: `MATCH (c:Course)-[r:HAS_LEVEL]->(l) RETURN c, l`";
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
