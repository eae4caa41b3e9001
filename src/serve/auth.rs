//! Who may connect.

use std::{
    collections::HashMap,
    fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    net::IpAddr,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The pause after the first refused login of an address; each further one doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Addresses whose refused logins are remembered at a time.
const REMEMBERED: usize = 10_000;

/// Who may connect, and who has failed to.
#[derive(Debug)]
pub(super) struct Auth {
    accounts: Accounts,
    /// The token of HTTP requests; `None` if none is demanded.
    pub(super) token: Option<String>,
    refused: Mutex<HashMap<IpAddr, (u32, Instant)>>,
}

/// The accounts of a server.
#[derive(Debug)]
pub(super) enum Accounts {
    /// Everybody may connect.
    Anybody,
    /// The passwords by name.
    Named(HashMap<String, String>),
}

impl Accounts {
    /// Reads a file with a line `name:password` for each account. Other users of the machine must not be able to read it.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        private(path)?;
        let lines = text.lines().enumerate();
        let written = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let account = |(number, line): (usize, &str)| match line.split_once(':') {
            Some((name, password)) if !name.is_empty() && !password.is_empty() => {
                Ok((name.to_owned(), password.to_owned()))
            }
            _ => Err(format!("line {}: expected `name:password`", number + 1)),
        };
        let accounts: HashMap<_, _> = written.map(account).collect::<Result<_, _>>()?;
        if accounts.is_empty() {
            return Err("expected an account, found none".into());
        }
        Ok(Self::Named(accounts))
    }
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map_err(|error| error.to_string())?;
    if mode.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    Err("other users can read the passwords; run `chmod 600` on the file".into())
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), String> {
    Ok(())
}

impl Auth {
    pub(super) fn new(accounts: Accounts, token: Option<String>) -> Self {
        Self {
            accounts,
            token,
            refused: Mutex::default(),
        }
    }

    /// Whether a name and a password are those of an account. Takes the same time for a wrong name and a wrong password.
    pub(super) fn admits(&self, name: &str, password: &str) -> bool {
        match &self.accounts {
            Accounts::Anybody => true,
            Accounts::Named(accounts) => {
                let known = accounts.get(name).map_or("", String::as_str);
                same(known, password) && !known.is_empty()
            }
        }
    }

    /// Whether everybody may connect.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.accounts, Accounts::Anybody)
    }

    /// Whether a text is the token.
    pub(super) fn admits_token(&self, given: &str) -> bool {
        self.token.as_ref().is_some_and(|token| same(token, given))
    }

    /// How long an address has to wait before its next login is looked at.
    pub(super) fn pause(&self, address: IpAddr) -> Duration {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused
            .get(&address)
            .map_or(Duration::ZERO, |(count, last)| {
                let pause = FIRST_PAUSE * 2_u32.saturating_pow(count.saturating_sub(1).min(10));
                pause.min(LONGEST_PAUSE).saturating_sub(last.elapsed())
            })
    }

    /// Remembers whether a login of an address was refused.
    pub(super) fn remember(&self, address: IpAddr, admitted: bool) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if admitted {
            refused.remove(&address);
            return;
        }
        if refused.len() >= REMEMBERED {
            refused.retain(|_, (_, last)| last.elapsed() < LONGEST_PAUSE);
        }
        if refused.len() < REMEMBERED {
            let (count, last) = refused.entry(address).or_insert((0, Instant::now()));
            *count = count.saturating_add(1);
            *last = Instant::now();
        }
    }
}

/// Compares two texts in a time that does not depend on where they differ.
fn same(known: &str, given: &str) -> bool {
    let (known, given) = (known.as_bytes(), given.as_bytes());
    let mut difference = known.len() ^ given.len();
    for (place, byte) in given.iter().enumerate() {
        let other = known.get(place % known.len().max(1)).unwrap_or(&0);
        difference |= usize::from(byte ^ other);
    }
    difference == 0
}

/// A token that cannot be guessed: 128 bits from the seeds that the system gives hashers.
pub(super) fn token() -> String {
    let word = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", word(), word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_texts_are_the_same() {
        for (known, given, expected) in [
            ("secret", "secret", true),
            ("secret", "secreT", false),
            ("secret", "secretsecret", false),
            ("secret", "", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(same(known, given), expected, "{known} {given}");
        }
    }

    #[test]
    fn an_unknown_name_is_refused_whatever_the_password() {
        let accounts = [("ada".to_owned(), "lovelace".to_owned())].into();
        let auth = Auth::new(Accounts::Named(accounts), None);
        assert!(auth.admits("ada", "lovelace"));
        assert!(!auth.admits("ada", ""));
        assert!(!auth.admits("bob", ""));
    }

    #[test]
    fn refused_logins_make_an_address_wait() {
        let auth = Auth::new(Accounts::Anybody, None);
        let address = IpAddr::from([127, 0, 0, 1]);
        assert_eq!(auth.pause(address), Duration::ZERO);
        (0..20).for_each(|_| auth.remember(address, false));
        assert!(auth.pause(address) > Duration::from_secs(4));
        assert_eq!(auth.pause(IpAddr::from([127, 0, 0, 2])), Duration::ZERO);
        auth.remember(address, true);
        assert_eq!(auth.pause(address), Duration::ZERO);
    }
}
