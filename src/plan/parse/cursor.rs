//! The cursor in a line of a plan, and the slots that are known so far.

use std::{fmt::Display, ops::Range};

use crate::{
    base::Span,
    plan::{
        Parameter, Slot, SlotInfo,
        names::is_keyword,
        parse::token::{Spanned, Token},
    },
    value::Type,
};

/// The slots and parameters of a plan. A hidden slot `@n` is number `n`; names get the free numbers in the order in
/// which they occur.
#[derive(Debug, Default)]
pub(super) struct Names {
    slots: Vec<Option<String>>,
    pub(super) parameters: Vec<Parameter>,
}

impl Names {
    /// Reserves the number of a hidden slot.
    pub(super) fn hide(&mut self, number: u32) {
        let place = number as usize;
        self.slots.resize(self.slots.len().max(place + 1), None);
        self.slots[place] = Some(format!("@{number}"));
    }

    fn slot(&mut self, name: &str) -> Slot {
        let known = self
            .slots
            .iter()
            .position(|slot| slot.as_deref() == Some(name));
        let free = || self.slots.iter().position(Option::is_none);
        let place = known.or_else(free).unwrap_or(self.slots.len());
        self.slots.resize(self.slots.len().max(place + 1), None);
        self.slots[place] = Some(name.to_owned());
        Slot(place as u32)
    }

    fn parameter(&mut self, name: &str, span: Span) -> u32 {
        let mut known = self.parameters.iter();
        let known = known.position(|parameter| &*parameter.name == name);
        let place = known.unwrap_or(self.parameters.len());
        if known.is_none() {
            let name = name.into();
            self.parameters.push(Parameter { name, span });
        }
        place as u32
    }

    pub(super) fn into_slots(self) -> Vec<SlotInfo> {
        let slots = (0..).zip(self.slots);
        let info = |(number, name): (u32, Option<String>)| SlotInfo {
            name: name.unwrap_or_else(|| format!("@{number}")).as_str().into(),
            kind: Type::ANY,
        };
        slots.map(info).collect()
    }
}

/// A line that is being parsed.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    pub(super) names: &'a mut Names,
    line: &'a str,
    tokens: &'a [Spanned],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(names: &'a mut Names, line: &'a str, tokens: &'a [Spanned]) -> Self {
        Self {
            names,
            line,
            tokens,
            at: 0,
        }
    }

    /// Panics with the line and what was expected in it.
    pub(super) fn fail(&self, expected: impl Display) -> ! {
        let found = self.token(0);
        panic!("`{}`: expected {expected}, found {found:?}", self.line)
    }

    /// The token at a distance from the cursor.
    pub(super) fn token(&self, ahead: usize) -> Option<&'a Token> {
        Some(&self.tokens.get(self.at + ahead)?.token)
    }

    pub(super) fn next(&mut self) -> Option<&'a Token> {
        let token = self.token(0);
        self.at += 1;
        token
    }

    /// The start of the next token.
    pub(super) fn start(&self) -> usize {
        let next = self.tokens.get(self.at).or(self.tokens.last());
        next.map_or(0, |token| token.span.start as usize)
    }

    /// The span from a start to the last token that was read.
    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.tokens[self.at - 1].span.end as usize)
    }

    /// True if there is no space before any of the tokens ahead.
    pub(super) fn is_tight(&self, ahead: Range<usize>) -> bool {
        ahead.into_iter().all(|ahead| {
            let pair = self.tokens.get(self.at + ahead - 1..self.at + ahead + 1);
            pair.is_some_and(|pair| pair[0].span.end == pair[1].span.start)
        })
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        matches!(self.token(ahead), Some(Token::Sign(found)) if *found == sign)
    }

    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.token(ahead), Some(Token::Word(found)) if found == word)
    }

    /// Consumes a sign or a word if it is next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.is_sign(0, text) || self.is_word(0, text);
        self.at += usize::from(found);
        found
    }

    /// Consumes signs or words, such as `IS NOT NULL`, if all of them are next.
    pub(super) fn eat_all(&mut self, texts: &str) -> bool {
        let mut ahead = 0;
        for text in texts.split(' ') {
            if !self.is_sign(ahead, text) && !self.is_word(ahead, text) {
                return false;
            }
            ahead += 1;
        }
        self.at += ahead;
        true
    }

    pub(super) fn expect(&mut self, text: &str) {
        if !self.eat(text) {
            self.fail(format!("`{text}`"));
        }
    }

    /// `item, item`; no items if the line ends.
    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        while !self.is_end() {
            items.push(item(self));
            if !self.eat(",") {
                break;
            }
        }
        items
    }

    /// The name of a label, a type, a key or a column.
    pub(super) fn name(&mut self) -> String {
        match self.next() {
            Some(Token::Word(name) | Token::Quoted(name)) => name.clone(),
            _ => {
                self.at -= 1;
                self.fail("a name")
            }
        }
    }

    /// True if the token ahead is a slot; a keyword is not.
    pub(super) fn is_slot(&self, ahead: usize) -> bool {
        match self.token(ahead) {
            Some(Token::Quoted(_) | Token::Hidden(_)) => true,
            Some(Token::Word(word)) => !is_keyword(word),
            _ => false,
        }
    }

    pub(super) fn slot(&mut self) -> Slot {
        if !self.is_slot(0) {
            self.fail("a slot");
        }
        match self.next() {
            Some(Token::Hidden(number)) => Slot(*number),
            Some(Token::Word(name) | Token::Quoted(name)) => self.names.slot(name),
            _ => unreachable!("the token is a slot"),
        }
    }

    pub(super) fn slots(&mut self) -> Vec<Slot> {
        if self.is_slot(0) {
            self.list(Self::slot)
        } else {
            Vec::new()
        }
    }

    pub(super) fn parameter(&mut self, name: &str) -> u32 {
        let span = self.tokens[self.at - 1].span;
        self.names.parameter(name, span)
    }
}
