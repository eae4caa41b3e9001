//! Workbooks of Excel.

use relata::{Document, OpenOptions};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::show::show;

/// Writes the rows of a sheet: numbers as numbers, `2020-02-19` as a date, other texts as texts.
fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    let format = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            let written = if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number)
            } else if let Ok(date) = ExcelDateTime::parse_from_str(cell) {
                sheet.write_datetime_with_format(row, column, &date, &format)
            } else if cell.is_empty() {
                Ok(&mut *sheet)
            } else {
                sheet.write_string(row, column, *cell)
            };
            written.expect("is a cell");
        }
    }
}

fn read(name: &str, bytes: Vec<u8>) -> String {
    let document = Document::new(name, bytes).expect("is not compressed");
    match OpenOptions::new().open_documents(vec![document]) {
        Ok(database) => format!("{}\n{}", database.notes().join("\n"), show(&database)),
        Err(error) => error.to_string(),
    }
}

#[test]
fn sheets_are_tables_that_refer_to_each_other() {
    let mut book = Workbook::new();
    fill(
        book.add_worksheet().set_name("people").unwrap(),
        &[
            &["id", "name", "born", "height", ""],
            &["1", "Ann", "1990-02-01", "1.75", "x"],
            &["2", "Bea", "", "2", ""],
        ],
    );
    fill(
        book.add_worksheet().set_name("orders").unwrap(),
        &[
            &["order_id", "people_id", "total", "state"],
            &["1", "1", "9.5", "paid"],
            &["2", "1", "11", "open"],
        ],
    );
    book.add_worksheet().set_name("empty").unwrap();
    insta::assert_snapshot!(read("shop.xlsx", book.save_to_buffer().unwrap()));
}

#[test]
fn what_is_no_workbook_is_told() {
    insta::assert_snapshot!(read("a.xlsx", b"id,name\n1,Ann\n".to_vec()));
}
