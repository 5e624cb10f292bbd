//! Whose page this is.

use khabar_atlas::outlets::{Outlet, outlets};

use super::Hints;
use super::facts::Facts;
use super::keys::{self, Field};
use super::words::{fold, plain, squash};

/// The outlet whose page this is, as far as the page and its address say.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    /// Its name: the usual one in Latin script for a known outlet, else as the page gives it.
    pub(crate) name: Option<String>,
    pub(crate) known: Option<&'static Outlet>,
    /// Everything it may be called on its own pages, folded.
    pub(crate) names: Vec<String>,
}

impl Publisher {
    /// Finds the outlet: what the caller says, else the address, else what the page calls itself.
    pub(crate) fn find(facts: &Facts, hints: &Hints) -> Self {
        let said = said_names(facts);
        let addresses = [
            hints.url,
            facts.canonical.as_deref(),
            keys::values(facts, Field::Url).first().copied(),
            facts.nodes.iter().find_map(|node| node.url.as_deref()),
        ];
        let hosts: Vec<String> =
            addresses.iter().flatten().filter_map(|url| host_of(url)).collect();
        let given = hints.outlet.map(squash).filter(|name| !name.is_empty());
        let by_name = |name: &String| outlets().by_name(name);
        let known = match &given {
            Some(name) => by_name(name),
            None => hosts
                .iter()
                .find_map(|host| outlets().by_domain(host))
                .or_else(|| said.iter().find_map(by_name))
                .or_else(|| copyright_holder(facts)),
        };
        let name = known
            .map(|outlet| outlet.name_en.to_string())
            .or(given)
            .or_else(|| said.first().cloned());
        let host = hosts.into_iter().next();
        let mut names: Vec<String> = said.iter().map(|name| fold(name)).collect();
        if let Some(outlet) = known {
            let all =
                [outlet.name_en, outlet.name_ar].into_iter().chain(outlet.variants.iter().copied());
            names.extend(all.map(fold));
            names.extend(outlet.domains.iter().map(|domain| fold(domain)));
        }
        if let Some(host) = &host {
            let bare = host.strip_prefix("www.").unwrap_or(host);
            names.push(fold(bare));
            names.extend(site_label(bare).map(fold));
        }
        names.extend(name.as_deref().map(fold));
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        Self { name, known, names }
    }
}

/// What the page calls its site, the most trustworthy first.
fn said_names(facts: &Facts) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let node =
        facts.nodes.iter().filter(|node| node.rank < 6).find_map(|node| node.publisher.clone());
    let metas = keys::values(facts, Field::Outlet);
    for name in metas
        .iter()
        .take(1)
        .map(|name| (*name).to_string())
        .chain(node)
        .chain(metas.iter().skip(1).map(|name| (*name).to_string()))
    {
        let name = plain(&name);
        let sound = !name.contains("://")
            && !name.starts_with('@')
            && name.len() < 100
            && name.chars().any(char::is_alphabetic);
        if sound && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The known outlet that a copyright line of the page names.
fn copyright_holder(facts: &Facts) -> Option<&'static Outlet> {
    let marks = ["©", "copyright", "(c) 20", "جميع الحقوق محفوظة", "حقوق النشر", "حقوق الطبع"];
    facts
        .lines
        .iter()
        .rev()
        .filter(|line| line.text.len() < 300)
        .filter(|line| {
            let lower = line.text.to_lowercase();
            marks.iter().any(|mark| lower.contains(mark))
        })
        .take(3)
        .find_map(|line| outlets().find_in(&line.text).first().map(|(_, outlet)| *outlet))
}

/// Returns the host of an address, in lower case.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url
        .trim()
        .split_once("://")
        .map(|(_, rest)| rest)
        .or_else(|| url.trim().strip_prefix("//"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_lowercase();
    let sound =
        host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    sound.then_some(host)
}

/// Returns the part of a host that names the site: `example` of `news.example.co.uk`.
pub(crate) fn site_label(host: &str) -> Option<&str> {
    let labels: Vec<&str> = host.split('.').collect();
    let second = labels.len().checked_sub(2)?;
    let generic = matches!(
        labels[second],
        "co" | "com" | "org" | "net" | "gov" | "ac" | "edu" | "info" | "or" | "ne" | "news"
    );
    let index =
        if generic && second > 0 && labels[second + 1].len() <= 4 { second - 1 } else { second };
    labels.get(index).copied()
}

/// Whether two hosts belong to one site.
pub(crate) fn same_site(a: &str, b: &str) -> bool {
    let end = |host: &str| site_label(host).map(ToString::to_string);
    a == b || (end(a).is_some() && end(a) == end(b))
}

/// The page's own address: its canonical link, else what else it calls its address, else the one it was read from.
pub(crate) fn canonical(facts: &Facts, hints: &Hints) -> Option<String> {
    let said = [
        facts.canonical.clone(),
        keys::values(facts, Field::Url).first().map(|url| (*url).to_string()),
    ];
    said.into_iter()
        .flatten()
        .find_map(|url| absolute(&url, hints.url))
        .or_else(|| hints.url.map(squash).filter(|url| !url.is_empty()))
        .or_else(|| {
            facts
                .nodes
                .iter()
                .filter(|node| node.rank < 4)
                .find_map(|node| absolute(node.url.as_deref()?, hints.url))
        })
}

/// Makes an address absolute; a home page is nobody's own address.
fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let url = squash(url);
    if url.contains(' ') || url.len() > 2_000 {
        return None;
    }
    let full = if url.starts_with("http://") || url.starts_with("https://") {
        url
    } else if let Some(rest) = url.strip_prefix("//") {
        format!("https://{rest}")
    } else if url.starts_with('/') {
        let base = base?;
        let (scheme, _) = base.split_once("://")?;
        format!("{scheme}://{}{url}", host_of(base)?)
    } else {
        return None;
    };
    let path = full.split_once("://")?.1.split_once('/').map_or("", |(_, path)| path);
    (host_of(&full).is_some() && !path.is_empty()).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_from_any_address() {
        assert_eq!(
            host_of("https://u@News.Example.com:443/a?b").as_deref(),
            Some("news.example.com")
        );
        assert_eq!(host_of("//news.example.com").as_deref(), Some("news.example.com"));
        assert_eq!(host_of("/a/b"), None);
        assert_eq!(site_label("news.example.co.uk"), Some("example"));
        assert_eq!(site_label("example.com"), Some("example"));
        assert!(same_site("m.example.com", "www.example.com"));
        assert!(!same_site("example.com", "other.com"));
    }

    #[test]
    fn addresses_become_absolute() {
        let base = Some("https://news.example.com/x");
        assert_eq!(absolute("/a/b", base).as_deref(), Some("https://news.example.com/a/b"));
        assert_eq!(absolute("https://news.example.com/", base), None);
        assert_eq!(absolute("javascript:void(0)", base), None);
    }
}
