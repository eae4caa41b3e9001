//! Parses operators, by name.

use crate::{
    function::{Procedures, find, find_aggregate, find_shown},
    plan::{
        AggregateCall, Apply, ApplyKind, Arm, Create, Exception, Expand, Expr, ExprKind, Foreach,
        Merge, Message, MessageKind, Op, Partner, ProcedureCall, Same, SetItem, Shared, Shortest,
        Slot, SortKey,
        parse::{cursor::Cursor, token::Token},
    },
};

impl Cursor<'_> {
    /// The operator of the line. `outer` is the slot of the outer row's number, inside an inner plan.
    pub(super) fn op(&mut self, outer: Option<Slot>) -> Op {
        let name = self.name();
        if let Some(kind) = self.apply(&name) {
            let row = self.row();
            return Op::Apply(Apply { row, kind });
        }
        if let Some(schema) = self.schema(&name) {
            return schema;
        }
        match name.as_str() {
            "Unit" => Op::Unit,
            "Empty" => Op::Empty {
                slots: self.slots(),
            },
            "Argument" => self.argument(outer),
            "Match" => Op::Match(Box::new(self.query_graph())),
            "NodeScan" => {
                let (node, label) = self.scanned_node();
                Op::NodeScan { node, label }
            }
            "IndexSeek" => Op::IndexSeek(self.seek()),
            "RelationshipScan" => self.relationship_scan(),
            "RelationshipIndexSeek" => Op::RelationshipSeek(self.relationship_seek()),
            "Expand" => Op::Expand(self.expand()),
            "ExpandInto" => Op::ExpandInto(self.expand()),
            "Intersect" => self.intersect(),
            "VarExpand" => Op::VarExpand(self.tested_trail()),
            "VarExpandInto" => Op::VarExpandInto(self.tested_trail()),
            "PruningVarExpand" => Op::VarExpand(self.pruning_trail()),
            "PruningVarExpandInto" => Op::VarExpandInto(self.pruning_trail()),
            "FollowList" => self.follow_list(),
            "ShortestPath" => Op::ShortestPath(self.search(Shortest::Any)),
            "AllShortestPaths" => Op::ShortestPath(self.search(Shortest::All)),
            "ShortestPathWhere" => self.search_where(Shortest::Any),
            "AllShortestPathsWhere" => self.search_where(Shortest::All),
            "Filter" => Op::Filter {
                predicates: self.conjuncts(),
            },
            "Project" => Op::Project {
                items: self.list(Self::item),
            },
            "Aggregate" => self.aggregate(outer),
            "Distinct" => Op::Distinct { keys: self.slots() },
            "PreAggregate" => Op::PreAggregate { keys: self.slots() },
            "Sort" => Op::Sort {
                keys: self.list(Self::sort_key),
            },
            "TopK" => self.top_k(),
            "Skip" => Op::Skip {
                count: self.expr(),
                partition: outer,
            },
            "Limit" => Op::Limit {
                count: self.expr(),
                partition: outer,
            },
            "Unwind" => {
                let (element, list) = self.item();
                Op::Unwind { list, element }
            }
            "Union" => Op::Union {
                columns: self.list(Self::union_column),
            },
            "HashJoin" => self.hash_join(),
            "Message" => self.message(MessageKind::Product),
            "OptionalMessage" => self.message(MessageKind::Optional),
            "SemiMessage" => self.message(MessageKind::Semi),
            "AntiMessage" => self.message(MessageKind::Anti),
            "CountMessage" => {
                let count = self.slot();
                self.expect("OF");
                self.message(MessageKind::Count(count))
            }
            "ProcedureCall" => self.procedure_call(),
            "Gather" => Op::Gather,
            "Eager" => Op::Eager,
            "Create" => Op::Create(self.create()),
            "Merge" => self.merge(),
            "Set" => Op::Set {
                items: self.list(Self::change),
            },
            "Delete" => self.delete(),
            "Foreach" => self.foreach(),
            _ => self.fail(format!("an operator instead of `{name}` before this")),
        }
    }

    pub(super) fn row(&mut self) -> Slot {
        self.expect("ROW");
        self.slot()
    }

    /// The kind of the apply of that name; `None` for other operators.
    pub(super) fn apply(&mut self, name: &str) -> Option<ApplyKind> {
        Some(match name {
            "Apply" => ApplyKind::Inner { adds: self.slots() },
            "OptionalApply" => ApplyKind::Optional { adds: self.slots() },
            "ExistsApply" => ApplyKind::Exists(self.slot()),
            "CountApply" => ApplyKind::Count(self.slot()),
            "CollectApply" => {
                let value = self.slot();
                self.expect("AS");
                let list = self.slot();
                ApplyKind::Collect { list, value }
            }
            "SemiApply" => ApplyKind::Semi,
            "AntiApply" => ApplyKind::Anti,
            "EffectApply" => ApplyKind::Effect,
            _ => return None,
        })
    }

    fn argument(&mut self, outer: Option<Slot>) -> Op {
        let row = outer.unwrap_or_else(|| self.fail("`Argument` to be inside of an inner plan"));
        let slots = self.slots();
        Op::Argument { row, slots }
    }

    fn relationship_scan(&mut self) -> Op {
        let step = self.step();
        let slots = step.edge.zip(step.from).zip(step.to);
        let ((edge, from), to) = slots.unwrap_or_else(|| self.fail("three slots before this"));
        Op::RelationshipScan {
            edge,
            from,
            to,
            types: step.types,
            direction: step.direction,
        }
    }

    fn expand(&mut self) -> Expand {
        let step = self.step();
        Expand {
            from: step
                .from
                .unwrap_or_else(|| self.fail("a start before this")),
            direction: step.direction,
            types: step.types,
            edge: step.edge,
            to: step.to,
        }
    }

    fn intersect(&mut self) -> Op {
        let (node, arms) = self.arms();
        Op::Intersect { node, arms }
    }

    fn arms(&mut self) -> (Slot, Vec<Arm>) {
        let mut node = None;
        let arms = self.list(|cursor| {
            let (arm, to) = cursor.arm();
            node = to;
            arm
        });
        let node = node.unwrap_or_else(|| self.fail("a common neighbour before this"));
        (node, arms)
    }

    fn arm(&mut self) -> (Arm, Option<Slot>) {
        let step = self.expand();
        let arm = Arm {
            from: step.from,
            direction: step.direction,
            types: step.types,
            edge: step.edge,
        };
        (arm, step.to)
    }

    /// `(a)-[:R]->(v) EXCEPT v = x, (b)-[:S]->(v), r`
    fn message(&mut self, kind: MessageKind) -> Op {
        let (node, arms) = self.arms();
        let partner = self.eat("TIMES").then(|| {
            let (arm, node) = self.arm();
            let node = node.unwrap_or_else(|| self.fail("a partner before this"));
            self.expect("OTHER");
            let same = if self.eat("NODE") {
                Same::Node
            } else {
                self.expect("RELATIONSHIP");
                Same::Edge
            };
            Partner { node, arm, same }
        });
        let exceptions = if self.eat("EXCEPT") {
            self.list(Self::exception)
        } else {
            Vec::new()
        };
        Op::Message(Message {
            node,
            weighted: false,
            arms,
            partner,
            exceptions,
            kind,
        })
    }

    fn exception(&mut self) -> Exception {
        if self.is_sign(0, "(") {
            return Exception::Adjacent(self.arm().0);
        }
        let slot = self.slot();
        if self.eat("=") {
            Exception::Node(self.slot())
        } else {
            Exception::Edge(slot)
        }
    }

    fn follow_list(&mut self) -> Op {
        let mut trail = self.trail();
        self.expect("ALONG");
        let list = self.slot();
        trail.edge_predicate = self.element_predicate("FOR EDGE");
        Op::FollowList { trail, list }
    }

    fn search_where(&mut self, selector: Shortest) -> Op {
        let search = self.search(selector);
        self.expect("CANDIDATE");
        let candidate = self.slot();
        let row = self.row();
        Op::ShortestPathWhere {
            search,
            candidate,
            row,
        }
    }

    /// `n.x AS x`
    fn item(&mut self) -> (Slot, Expr) {
        let expr = self.expr();
        self.expect("AS");
        (self.slot(), expr)
    }

    /// `n AS a, count(*) AS c`: keys, then aggregates.
    fn aggregate(&mut self, partition: Option<Slot>) -> Op {
        let (mut keys, mut aggregates) = (Vec::new(), Vec::new());
        self.list(|cursor| {
            if let Some(call) = cursor.aggregate_call() {
                cursor.expect("AS");
                aggregates.push((cursor.slot(), call));
            } else {
                keys.push(cursor.item());
            }
        });
        Op::Aggregate {
            keys,
            aggregates,
            partition,
        }
    }

    fn aggregate_call(&mut self) -> Option<AggregateCall> {
        let start = self.start();
        let Some(Token::Word(name)) = self.token(0) else {
            return None;
        };
        let aggregate = find_aggregate(name).filter(|_| find(name).is_none())?;
        if !self.is_sign(1, "(") {
            return None;
        }
        self.next();
        if self.eat_all("( * )") {
            return Some(AggregateCall {
                aggregate: None,
                arguments: Vec::new(),
                distinct: false,
                span: self.since(start),
            });
        }
        self.expect("(");
        let distinct = self.eat("DISTINCT");
        let arguments = self.items(")", Self::expr);
        Some(AggregateCall {
            aggregate: Some(aggregate),
            arguments,
            distinct,
            span: self.since(start),
        })
    }

    fn sort_key(&mut self) -> SortKey {
        SortKey {
            expr: self.expr(),
            descending: self.eat("DESC"),
        }
    }

    fn top_k(&mut self) -> Op {
        let keys = self.list(Self::sort_key);
        self.expect("LIMIT");
        let count = self.expr();
        Op::TopK { keys, count }
    }

    /// `c = a | b`
    fn union_column(&mut self) -> (Slot, Slot, Slot) {
        let slot = self.slot();
        self.expect("=");
        let left = self.slot();
        self.expect("|");
        (slot, left, self.slot())
    }

    /// `a = b AND n`
    fn hash_join(&mut self) -> Op {
        let keys = self.conjuncts().into_iter();
        let key = |key: Expr| match key.kind {
            ExprKind::Compare(_, left, right) => (*left, *right),
            _ => (key.clone(), key),
        };
        Op::HashJoin {
            keys: keys.map(key).collect(),
        }
    }

    /// `db.labels() YIELD label AS l`
    fn procedure_call(&mut self) -> Op {
        let start = self.start();
        let name = self.dotted();
        let shown = || find_shown(&name).map(Shared::new);
        let procedure = Procedures::new().find(&name).cloned().or_else(shown);
        let procedure = procedure.unwrap_or_else(|| self.fail("a procedure before this"));
        let arguments = self.arguments();
        let span = self.since(start);
        let mut yields = Vec::new();
        if self.eat("YIELD") {
            yields = self.list(|cursor| {
                let name = cursor.name();
                let column = procedure
                    .outputs
                    .iter()
                    .position(|field| *field.name == *name);
                cursor.expect("AS");
                let column = column.unwrap_or_else(|| cursor.fail("a column before this"));
                (column, cursor.slot())
            });
        }
        Op::ProcedureCall(ProcedureCall {
            procedure,
            arguments,
            yields,
            span,
        })
    }

    fn create(&mut self) -> Create {
        let (nodes, edges) = self.created();
        Create { nodes, edges }
    }

    fn merge(&mut self) -> Op {
        let create = self.create();
        let mut actions = |intro| {
            if self.eat_all(intro) {
                self.list(Self::change)
            } else {
                Vec::new()
            }
        };
        let on_create = actions("ON CREATE SET");
        let on_match = actions("ON MATCH SET");
        let created = self.eat("CREATED").then(|| self.slot());
        Op::Merge(Merge {
            created,
            row: self.row(),
            adds: create.adds().iter().collect(),
            create,
            on_create,
            on_match,
        })
    }

    /// `n.x = 1`, `n['x'] = 1`, `n = map`, `n += map`, `n:A:B`, `REMOVE n:A:B`
    fn change(&mut self) -> SetItem {
        let remove = self.eat("REMOVE");
        let entity = self.entity();
        if let Some(names) = self.computed_name() {
            let add = !remove;
            return SetItem::DynamicLabels { entity, names, add };
        }
        if self.is_sign(0, ":") {
            let labels = self.labels();
            return if remove {
                SetItem::RemoveLabels { entity, labels }
            } else {
                SetItem::AddLabels { entity, labels }
            };
        }
        if self.eat("+=") {
            let (value, replace) = (self.expr(), false);
            return SetItem::Map {
                entity,
                value,
                replace,
            };
        }
        self.expect("=");
        let value = self.expr();
        match entity.kind {
            ExprKind::Property(entity, key) => SetItem::Property {
                entity: *entity,
                key: key.name,
                value,
            },
            ExprKind::Index(entity, key) => SetItem::Dynamic {
                entity: *entity,
                key: *key,
                value,
            },
            _ => SetItem::Map {
                entity,
                value,
                replace: true,
            },
        }
    }

    fn delete(&mut self) -> Op {
        let start = self.start();
        let detach = self.eat("DETACH");
        let items = self.list(Self::expr);
        Op::Delete {
            items,
            detach,
            span: self.since(start),
        }
    }

    fn foreach(&mut self) -> Op {
        let element = self.slot();
        self.expect("IN");
        let list = self.expr();
        let row = self.row();
        Op::Foreach(Foreach { list, element, row })
    }
}
