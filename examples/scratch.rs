use relata::{
    Database,
    question::{
        self,
        vocabulary::{Citations, NameKeys, Vocabulary},
    },
};
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let brief = std::env::args().any(|a| a == "-b");
    let lsqb = std::env::args().nth(1).filter(|a| !a.starts_with('-'));
    let mut db = match &lsqb {
        Some(p) => Database::open(p).unwrap(),
        None => Database::connected_practice(),
    };
    let file = lsqb
        .is_none()
        .then(|| std::fs::read_to_string("graph-data/connected-practice/vocabulary.toml").unwrap());
    let s = |x: &[&str]| x.iter().map(|x| x.to_string()).collect::<Vec<_>>();
    let (names, cit) = if lsqb.is_none() {
        (
            NameKeys {
                display: Some("name".into()),
                keys: s(&["name", "altNames", "hiddenNames"]),
                hidden: s(&["hiddenNames"]),
            },
            Some(Citations {
                document: "doc".into(),
                from: "lineFrom".into(),
                to: "lineTo".into(),
                basis: Some("basis".into()),
                plain: s(&["stated"]),
                note: Some("note".into()),
            }),
        )
    } else {
        (NameKeys::default(), None)
    };
    let t = std::time::Instant::now();
    let voc = match Vocabulary::build(db.graph(), file.as_deref(), names, cit) {
        Ok(v) => v,
        Err(e) => {
            println!("{e} {:?} {:?}", e.span, e.help);
            return;
        }
    };
    println!("vocabulary {:?}", t.elapsed());
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        println!("\n=== {line}");
        let t = std::time::Instant::now();
        let r = question::read(line, &voc, db.graph());
        let el = t.elapsed();
        match r {
            Err(e) => {
                println!(
                    "!! {} | {} | {}",
                    e.message,
                    e.span
                        .map(|s| line.get(s.range()).unwrap_or("").to_string())
                        .unwrap_or_default(),
                    e.help.unwrap_or_default()
                );
            }
            Ok(rs) => {
                for (i, r) in rs.iter().enumerate().take(if brief { 1 } else { 3 }) {
                    println!(
                        "{}[{}] {}",
                        if i == 0 { "" } else { "  alt " },
                        r.cost,
                        r.words
                    );
                    println!("    {}", r.query);
                    if i > 0 {
                        continue;
                    }
                    match db.query(r.query.to_string()).run() {
                        Ok(a) => {
                            println!("    cols {:?} rows {}", a.columns(), a.len());
                            for row in a.rows().take(if brief { 12 } else { 30 }) {
                                println!(
                                    "      {:?}",
                                    row.cells().map(|c| c.to_string()).collect::<Vec<_>>()
                                );
                            }
                            for w in a.warnings() {
                                println!("    warn {}", w.message);
                            }
                        }
                        Err(e) => println!("    ERR {e:?}"),
                    }
                    if !brief {
                        for c in &r.conditions {
                            println!("    cond {} : {}", c.words, c.count);
                            if let Some(a) = &c.anything {
                                println!("       any {a}");
                            }
                        }
                        for w in &r.wider {
                            println!("    wider {} : {}", w.words, w.query);
                        }
                        if let Some(s) = &r.support {
                            println!("    support {}", s.query);
                        }
                    }
                }
                println!("    readings {} in {:?}", rs.len(), el);
            }
        }
    }
}
