//! Reads `src/` and holds the house to its map: which floor may import which, and what each floor
//! does without. A failure says the rule first and then who breaks it.

mod map;
mod source;

use std::collections::BTreeSet;

use map::{ABSENT, FLOORS, Floor, NO_SUCH_ROOM};
use source::{Source, read_house};

use crate::web::roles::BESIDE_THE_API;

/// No file is a warehouse.
const LINES_MAX: usize = 500;

fn broken(findings: &[String]) {
    assert!(findings.is_empty(), "\n  {}\n", findings.join("\n  "));
}

fn floor(name: &str) -> Option<&'static Floor> {
    FLOORS.iter().find(|floor| floor.name == name)
}

/// What a file imports that its floor may not use, in words.
fn imports_upward(source: &Source) -> Vec<String> {
    let Some(floor) = source.floor().and_then(floor) else { return Vec::new() };
    let may_use = match floor.may_use {
        [] => "nothing of the house".to_owned(),
        floors => floors.join(", "),
    };
    let of_the_house = source.house_imports().into_iter();
    of_the_house
        .filter(|(name, _)| self::floor(name).is_some())
        .filter(|(name, _)| name != floor.name && !floor.may_use.contains(&name.as_str()))
        .map(|(name, line)| {
            format!("{} may use {may_use}; {}:{line} imports {name}", floor.name, source.path)
        })
        .collect()
}

/// What a file mentions that its floor does without, in words.
fn mentions_absent(source: &Source) -> Vec<String> {
    let absences = ABSENT.iter().filter(|absence| Some(absence.floor) == source.floor());
    absences
        .flat_map(|absence| {
            let mentions = source.mentions(absence.path);
            mentions.into_iter().map(move |line| {
                let (floor, why, path) = (absence.floor, absence.why, absence.path.join("::"));
                format!("{floor} does without {path} ({why}); {}:{line} has it", source.path)
            })
        })
        .collect()
}

#[test]
fn floors_import_only_downward() {
    broken(&read_house().iter().flat_map(imports_upward).collect::<Vec<_>>());
}

#[test]
fn floors_do_without_what_they_promise() {
    broken(&read_house().iter().flat_map(mentions_absent).collect::<Vec<_>>());
}

#[test]
fn every_room_is_on_a_floor() {
    let standing: BTreeSet<_> =
        read_house().iter().filter_map(Source::floor).map(str::to_owned).collect();
    let mapped: BTreeSet<_> = FLOORS.iter().map(|floor| floor.name.to_owned()).collect();
    assert_eq!(standing, mapped, "the folders of src/ are the floors of the map");
}

#[test]
fn the_front_door_opens_on_the_top_floor_only() {
    let house = read_house();
    let door = house.iter().find(|source| source.path == "src/main.rs").expect("src/main.rs");
    let named = door.imports_from("campus_dispatch").into_iter();
    let elsewhere = named.filter(|(name, _)| name != "cli");
    let said = elsewhere
        .map(|(name, line)| format!("main may use cli; src/main.rs:{line} imports {name}"));
    broken(&said.collect::<Vec<_>>());
}

#[test]
fn the_map_in_the_crate_documentation_is_this_one() {
    let house = read_house();
    let lib = house.iter().find(|source| source.path == "src/lib.rs").expect("src/lib.rs");
    for floor in FLOORS {
        let start = format!("//! | [`{}`] |", floor.name);
        let row = lib.text.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("src/lib.rs has no row for {}", floor.name));
        let may_use = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim();
        assert_eq!(may_use, floor.in_words, "what src/lib.rs says {} may use", floor.name);
    }
}

#[test]
fn nothing_is_imported_by_a_star_from_above() {
    let all = |source: &Source| {
        let stars = source.stars_from_above().into_iter();
        let path = source.path.clone();
        stars
            .map(move |line| format!("name what you use; {path}:{line} has use super::*"))
            .collect::<Vec<_>>()
    };
    broken(&read_house().iter().flat_map(all).collect::<Vec<_>>());
}

#[test]
fn no_room_is_called_after_nothing() {
    let nameless = |source: &Source| {
        let mut rooms = source.rooms().into_iter();
        rooms.find(|room| NO_SUCH_ROOM.contains(&room.as_str())).map(|room| {
            format!(
                "a room is called after what it holds; {} is in a room called {room}",
                source.path
            )
        })
    };
    broken(&read_house().iter().filter_map(nameless).collect::<Vec<_>>());
}

#[test]
fn no_file_is_a_warehouse() {
    let too_long = |source: &Source| {
        let lines = source.text.lines().count();
        (lines > LINES_MAX)
            .then(|| format!("a file has at most {LINES_MAX} lines; {} has {lines}", source.path))
    };
    broken(&read_house().iter().filter_map(too_long).collect::<Vec<_>>());
}

/// The methods that serve something at a path without the API's document knowing of it.
const ROUTING: [&str; 5] = ["route", "route_service", "nest", "nest_service", "fallback_service"];
/// Where the whole document is put under its path.
const API: (&str, &[&str]) = ("src/web/route/mod.rs", &["/api/v1"]);

/// The routes a file makes beside the API's document, but where they are said to be, in words.
fn routes_unsaid(source: &Source) -> Vec<String> {
    let said = |path: &str| {
        let mut files = BESIDE_THE_API.iter().chain([&API]);
        files.any(|(file, paths)| *file == source.path && paths.contains(&path))
    };
    let made = source.calls(&ROUTING);
    made.filter(|call| !call.given.as_deref().is_some_and(said))
        .map(|call| {
            let (path, line) = (call.given.as_deref().unwrap_or("some path"), call.line);
            format!(
                "a route is made by `routes!`, so that the walk of authority finds it, or is said \
                 in BESIDE_THE_API; {}:{line} makes {path}",
                source.path
            )
        })
        .collect()
}

#[test]
fn s12_no_route_is_made_that_the_walk_of_authority_does_not_find() {
    broken(&read_house().iter().flat_map(routes_unsaid).collect::<Vec<_>>());
}

#[test]
fn s12_what_is_said_to_be_beside_the_api_is_there() {
    let house = read_house();
    for (file, paths) in BESIDE_THE_API.iter().chain([&API]) {
        let source = house.iter().find(|source| source.path == *file).expect("the file");
        let made: Vec<_> = source.calls(&ROUTING).filter_map(|it| it.given.as_deref()).collect();
        assert_eq!(made, *paths, "{file}");
    }
}

// The reader itself, on sources that break each rule.

#[test]
fn an_upward_import_is_seen_in_a_group_and_told_as_the_map() {
    let text = "use crate::{\n    domain::Alert,\n    journal::{Head, Journal},\n};";
    let said = imports_upward(&Source::new("src/web/board.rs", text));
    assert_eq!(
        said,
        ["web may use domain, engine, statistics, intake; src/web/board.rs:3 imports journal"]
    );
}

#[test]
fn an_upward_import_is_seen_in_an_expression_inside_a_macro() {
    let text = "fn f() { assert_eq!(crate::engine::Limits::default(), x); }";
    let said = imports_upward(&Source::new("src/journal/sqlite/mod.rs", text));
    assert_eq!(said, ["journal may use domain; src/journal/sqlite/mod.rs:1 imports engine"]);
}

#[test]
fn an_upward_import_is_seen_through_super() {
    let text = "use super::super::engine::Board;";
    let said = imports_upward(&Source::new("src/domain/verdict.rs", text));
    assert_eq!(
        said,
        ["domain may use nothing of the house; src/domain/verdict.rs:1 imports engine"]
    );
}

#[test]
fn the_wall_clock_is_seen_in_the_domain_and_not_in_a_comment() {
    let text =
        "// SystemTime\nuse std::{fmt, time::{Duration, SystemTime}};\nlet now = Utc::now();";
    let said = mentions_absent(&Source::new("src/domain/time.rs", text));
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("domain does without SystemTime"), "{said:?}");
    assert!(said[1].contains("domain does without Utc::now"), "{said:?}");
}

#[test]
fn a_star_is_allowed_to_the_tests_of_a_module_only() {
    let text = "use super::*;\n#[cfg(test)]\nmod tests {\n    use super::*;\n}";
    assert_eq!(Source::new("src/web/board.rs", text).stars_from_above(), [1]);
}

#[test]
fn a_route_is_seen_wherever_it_is_made_and_only_where_it_serves_something() {
    let text = r#"fn f() { let at = self.route(); g(|| Router::new()
        .route("/secret", get(h)).route(PATH, get(h)).nest_service("/files", s)) }"#;
    let said = routes_unsaid(&Source::new("src/web/route/health.rs", text));
    let made: Vec<_> = said.iter().filter_map(|it| it.split_once("; ")).map(|it| it.1).collect();
    let expected = ["/secret", "some path", "/files"];
    assert_eq!(made, expected.map(|path| format!("src/web/route/health.rs:2 makes {path}")));
}
