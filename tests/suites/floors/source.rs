//! A file of the house, read as tokens: comments and texts do not count, macros and groups do.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A file under `src/`.
pub struct Source {
    /// From the root of the repository, with forward slashes.
    pub path: String,
    pub text: String,
    mentioned: Vec<Mention>,
    called: Vec<Call>,
}

/// A method that is called with something.
pub struct Call {
    pub method: String,
    /// What it is given first, where that is a text written out.
    pub given: Option<String>,
    pub line: usize,
}

/// A path as it is written out in full, with the inline modules it stands in.
struct Mention {
    segments: Vec<String>,
    inside: Vec<String>,
    line: usize,
}

/// Every Rust file under `src/`.
pub fn read_house() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), root, &mut files);
    assert!(files.len() > 20, "src/ was read");
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of src/") {
        let path = entry.expect("an entry of src/").path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let name = path.strip_prefix(root).expect("below the root");
            files.push(Source::new(&name.to_string_lossy().replace('\\', "/"), &text));
        }
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        let (mut mentioned, mut called) = (Vec::new(), Vec::new());
        calls(tokens.clone(), &mut called);
        walk(tokens, &[], &mut mentioned);
        Self { path: path.to_owned(), text: text.to_owned(), mentioned, called }
    }

    /// The folders and the file it stands in, below `src`.
    pub fn rooms(&self) -> Vec<String> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        below.split('/').map(str::to_owned).collect()
    }

    /// The floor it is on; the crate's own two files are on none.
    pub fn floor(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(floor, _)| floor)
    }

    /// The first name after the crate's root in each path that leads there, with its line.
    pub fn house_imports(&self) -> Vec<(String, usize)> {
        let mut rooms = self.rooms();
        rooms.retain(|room| room != "mod");
        let from_root = |mention: &Mention| {
            let mut at: Vec<&str> =
                rooms.iter().chain(&mention.inside).map(String::as_str).collect();
            let mut segments = mention.segments.iter().map(String::as_str).peekable();
            match *segments.peek()? {
                "crate" => {
                    segments.next();
                    at.clear();
                }
                "super" => {
                    while segments.next_if_eq(&"super").is_some() {
                        at.pop();
                    }
                }
                _ => return None,
            }
            let first = at.first().copied().or_else(|| segments.next())?;
            Some((first.to_owned(), mention.line))
        };
        let mut imports: Vec<_> = self.mentioned.iter().filter_map(from_root).collect();
        imports.dedup();
        imports
    }

    /// The second name of each path that starts with `root`, with its line.
    pub fn imports_from(&self, root: &str) -> Vec<(String, usize)> {
        let second = |mention: &Mention| match mention.segments.as_slice() {
            [first, second, ..] if first == root => Some((second.clone(), mention.line)),
            _ => None,
        };
        self.mentioned.iter().filter_map(second).collect()
    }

    /// The lines on which these segments stand side by side in a path.
    pub fn mentions(&self, segments: &[&str]) -> Vec<usize> {
        let has =
            |mention: &&Mention| mention.segments.windows(segments.len()).any(|w| w == segments);
        self.mentioned.iter().filter(has).map(|mention| mention.line).collect()
    }

    /// The calls of some methods, wherever they stand.
    pub fn calls(&self, methods: &[&str]) -> impl Iterator<Item = &Call> {
        self.called.iter().filter(|call| methods.contains(&call.method.as_str()))
    }

    /// The lines of `use super::*` outside a module of tests.
    pub fn stars_from_above(&self) -> Vec<usize> {
        let is_star = |mention: &&Mention| {
            mention.segments.first().is_some_and(|first| first == "super")
                && mention.segments.last().is_some_and(|last| last == "*")
                && mention.segments[..mention.segments.len() - 1].iter().all(|s| s == "super")
                && !mention.inside.iter().any(|module| module == "tests")
        };
        self.mentioned.iter().filter(is_star).map(|mention| mention.line).collect()
    }
}

/// Notes every `.method(something)` in the tokens.
fn calls(tokens: TokenStream, found: &mut Vec<Call>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for three in tokens.windows(3) {
        if let [TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(given)] = three
            && dot.as_char() == '.'
            && let Some(first) = given.stream().into_iter().next()
        {
            let text = first.to_string();
            let given = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            found.push(Call {
                method: method.to_string(),
                given: given.map(str::to_owned),
                line: method.span().start().line,
            });
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            calls(group.stream(), found);
        }
    }
}

/// Notes every path in the tokens, `a::{b, c::d}` as `a::b` and `a::c::d`.
fn walk(tokens: TokenStream, inside: &[String], found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        if let [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body), ..] =
            &tokens[index..]
            && word == "mod"
        {
            let inner: Vec<String> = inside.iter().cloned().chain([name.to_string()]).collect();
            walk(body.stream(), &inner, found);
            index += 3;
            continue;
        }
        match &tokens[index] {
            TokenTree::Ident(_) => index = path(&tokens, index, &[], inside, found),
            TokenTree::Group(group) => {
                walk(group.stream(), inside, found);
                index += 1;
            }
            _ => index += 1,
        }
    }
}

/// Notes the path that starts at `index` and says where it ends.
fn path(
    tokens: &[TokenTree],
    mut index: usize,
    before: &[String],
    inside: &[String],
    found: &mut Vec<Mention>,
) -> usize {
    let mut segments = before.to_vec();
    let line = tokens[index].span().start().line;
    loop {
        match &tokens[index] {
            TokenTree::Ident(ident) => segments.push(ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '*' => segments.push("*".to_owned()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                branches(group.stream(), &segments, inside, found);
                return index + 1;
            }
            _ => break,
        }
        index += 1;
        let colons = matches!(&tokens[index..], [TokenTree::Punct(a), TokenTree::Punct(b), _, ..]
            if a.as_char() == ':' && b.as_char() == ':');
        if !colons {
            break;
        }
        index += 2;
    }
    found.push(Mention { segments, inside: inside.to_vec(), line });
    index
}

/// Notes each branch of a group of imports.
fn branches(tokens: TokenStream, before: &[String], inside: &[String], found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        let starts = match &tokens[index] {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => punct.as_char() == '*',
            _ => false,
        };
        index = if starts { path(&tokens, index, before, inside, found) } else { index + 1 };
    }
}
