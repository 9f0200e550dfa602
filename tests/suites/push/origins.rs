//! Cross-site hijacking of the live socket: every kind of credentials from every kind of page (S2).

use super::viewer::{Viewer, refusal};
use crate::web::{
    actor::Caller,
    house::{House, token},
};
use campus_dispatch::domain::Role;
use tokio_tungstenite::tungstenite::{client::IntoClientRequest, handshake::client::Request};

/// What a request brings to prove who it is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Brings {
    Nothing,
    Cookie,
    Token,
}

fn upgrade(caller: &Caller, brings: Brings, origins: &[String]) -> Request {
    let url = format!("ws://{}/api/v1/live", caller.address);
    let mut request = url.into_client_request().expect("an address");
    let headers = request.headers_mut();
    match brings {
        Brings::Nothing => {}
        Brings::Cookie => {
            let cookie = "campus_session=session-of-operator";
            headers.insert("cookie", cookie.parse().expect("a header"));
        }
        Brings::Token => {
            let bearer = format!("Bearer {}", token("operator"));
            headers.insert("authorization", bearer.parse().expect("a header"));
        }
    }
    for origin in origins {
        headers.append("origin", origin.parse().expect("a header"));
    }
    request
}

#[tokio::test]
async fn s02_every_page_with_every_credential() {
    let house = House::open().await;
    let caller = house.browser("operator", Role::Operator).await;
    let own = caller.url("");
    let port = house.address.port();
    let one = |origin: &str| vec![origin.to_owned()];
    // What comes of it with nothing, with a cookie, and with a token; 101 is let in.
    let matrix: Vec<(Vec<String>, [u16; 3])> = vec![
        (vec![], [401, 403, 101]),
        (one(&own), [401, 101, 101]),
        (one("https://desk.example"), [401, 101, 101]),
        (one("null"), [403, 403, 403]),
        (one(""), [403, 403, 403]),
        (one("https://evil.example"), [403, 403, 403]),
        (one("http://desk.example"), [403, 403, 403]),
        (one("https://desk.example:8443"), [403, 403, 403]),
        (one("https://desk.example.evil.example"), [403, 403, 403]),
        (one("https://evil.example/https://desk.example"), [403, 403, 403]),
        (one("https://desk.example/"), [403, 403, 403]),
        (one("HTTPS://desk.example"), [403, 403, 403]),
        (one(&format!("{own}/")), [403, 403, 403]),
        (one(&format!("{own}.evil.example")), [403, 403, 403]),
        (one(&format!("http://localhost:{port}")), [403, 403, 403]),
        (one("http://127.0.0.1"), [403, 403, 403]),
        (one("file://"), [403, 403, 403]),
        (vec![own.clone(), own.clone()], [403, 403, 403]),
        (vec![own.clone(), "https://evil.example".to_owned()], [403, 403, 403]),
        (vec!["https://evil.example".to_owned(), own.clone()], [403, 403, 403]),
    ];
    for (origins, expected) in matrix {
        let credentials = [Brings::Nothing, Brings::Cookie, Brings::Token];
        for (brings, expected) in credentials.into_iter().zip(expected) {
            let request = upgrade(&caller, brings, &origins);
            if expected == 101 {
                let mut viewer = Viewer::upgrades(request).await;
                assert_eq!(viewer.next().await["session"]["account"], "operator");
                viewer.leaves().await;
            } else {
                assert_eq!(refusal(request).await, expected, "{brings:?} from {origins:?}");
            }
        }
    }
}

#[tokio::test]
async fn s03_a_socket_takes_no_token_from_its_address() {
    let house = House::open().await;
    for name in ["token", "access_token", "bearer", "authorization", "session", "campus_session"] {
        let query = format!("?{name}={}", token("operator"));
        let request = super::viewer::request(&house.stranger(), &query);
        assert_eq!(refusal(request).await, 401, "{name}");
        // Even one who may watch is not led to put it there.
        let request = super::viewer::request(&house.operator(), &query);
        assert_eq!(refusal(request).await, 422, "{name}");
    }
}
