//! People at browsers: each keeps its cookies and comes from an address of its own, by way of a
//! proxy that the centre trusts.

use std::{collections::BTreeMap, net::SocketAddr};

use campus_dispatch::{
    domain::{
        Command, Role, Timestamp,
        account::{Account, Credential},
        decide::account::AddAccount,
    },
    web::secret,
};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::{
    actor::{Answer, answer},
    house::{House, Plan},
};

/// Everybody's, and nobody's outside these tests.
pub const PASSWORD: &str = "correct horse 示例 battery";

/// A house with people who have passwords, behind a proxy on this machine.
pub async fn house_of_people(people: &[(&str, Role)]) -> House {
    house_of_people_with(people, Plan::default()).await
}

pub async fn house_of_people_with(people: &[(&str, Role)], mut plan: Plan) -> House {
    plan.settings.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    let house = House::of(plan).await;
    for (name, role) in people {
        let phc = secret::hash_password(PASSWORD).expect("hashed");
        let account = Account {
            name: (*name).into(),
            role: *role,
            unit: None,
            station: None,
            credential: Credential::Password { phc },
            disabled: false,
        };
        house.console(Command::AddAccount(AddAccount { account })).await;
    }
    house
}

pub struct Browser {
    address: SocketAddr,
    from: String,
    pub cookies: BTreeMap<String, String>,
    client: Client,
}

impl Browser {
    /// One that nobody has used yet, at an address.
    pub fn at(house: &House, from: &str) -> Self {
        Self::of(house.address, from)
    }

    /// The same before any server.
    pub fn of(address: SocketAddr, from: &str) -> Self {
        Self { address, from: from.to_owned(), cookies: BTreeMap::new(), client: Client::new() }
    }

    pub async fn asks(&mut self, method: Method, path: &str, body: Value) -> Answer {
        let origin = format!("http://{}", self.address);
        let mut request = self
            .client
            .request(method, format!("{origin}/api/v1{path}"))
            .header("origin", &origin)
            .header("x-forwarded-for", &self.from);
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header("cookie", pairs.collect::<Vec<_>>().join("; "));
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = answer(request).await;
        for line in answer.headers.get_all("set-cookie") {
            let pair = line.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    pub async fn gets(&mut self, path: &str) -> Answer {
        self.asks(Method::GET, path, Value::Null).await
    }

    pub async fn posts(&mut self, path: &str, body: Value) -> Answer {
        self.asks(Method::POST, path, body).await
    }

    pub async fn logs_in(&mut self, account: &str) -> Answer {
        self.tries(account, PASSWORD).await
    }

    pub async fn tries(&mut self, account: &str, password: &str) -> Answer {
        self.posts("/session", json!({ "account": account, "password": password })).await
    }

    pub async fn logs_in_with(&mut self, account: &str, code: &str) -> Answer {
        let login = json!({ "account": account, "password": PASSWORD, "code": code });
        self.posts("/session", login).await
    }

    /// Enrols a second factor: its secret, and the recovery codes.
    pub async fn enrols(&mut self, house: &House, account: &str) -> (String, Vec<String>) {
        let asked = json!({ "account": account, "password": PASSWORD });
        let offer = self.posts("/session/enrolment", asked).await.is(200);
        let secret = offer.body["secret"].as_str().expect("a secret").to_owned();
        let first = json!({
            "account": account, "password": PASSWORD, "secret": secret,
            "code": code_of(house, &secret),
        });
        let enrolled = self.posts("/session/enrolment/confirm", first).await.is(200);
        let codes = enrolled.body["recovery_codes"].as_array().expect("codes").clone();
        let codes = codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        (secret, codes)
    }
}

/// What an authenticator shows at the house's time.
pub fn code_of(house: &House, secret: &str) -> String {
    code_at(house.engine.now(), secret)
}

/// What an authenticator shows at a time.
pub fn code_at(now: Timestamp, secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).expect("a secret"))
        .with_account_name("-")
        .build()
        .expect("an authenticator");
    let seconds = u64::try_from(now.millis() / 1000).expect("after 1970");
    totp.generate(seconds).to_string()
}
