//! Wishes of administrators and of the console, of everybody about their sessions, and what only
//! the core itself may do.

use campus_dispatch::domain::{
    Actor, Channel, Command, Policy, Role, Within,
    account::{Account, Credential, Proof},
    assignment::Assignment,
    decide::credential::ChangeCredential,
    district::{DutyWindow, School, UnitKind, UnitProfile},
    event::Personal,
    policy::preset,
};
use chrono::Weekday;

use super::Wish;
use crate::{
    domain::{
        ask,
        centre::{SCHOOLS, UNITS, account, one, profile, school, unit},
    },
    simulation::cast::{second, station},
};

impl Wish<'_> {
    fn admin(&mut self) -> Actor {
        match self.dice.below(4) {
            0 => one(Role::Console),
            1 => second(Role::Admin),
            _ => one(Role::Admin),
        }
    }

    fn station_id(&mut self) -> &'static str {
        self.dice.weighted(&[(6, "ST-1"), (3, "ST-2"), (1, "ST-X")])
    }

    pub fn define(&mut self) -> (Actor, Command) {
        let id = if self.dice.one_in(10) { "不是编号" } else { self.station_id() };
        let command = match self.dice.below(5) {
            4 => {
                let spare = School { id: "S-X".into(), ..school(0) };
                ask::take_over(vec![school(1), spare])
            }
            0 => ask::define_station(station(id)),
            1 => self.define_school(),
            _ => self.define_unit(),
        };
        (self.admin(), command)
    }

    fn define_school(&mut self) -> Command {
        let known = school(self.dice.below(SCHOOLS.len()));
        let mut changed = School { name: self.text(100), ..known };
        match self.dice.below(8) {
            0 => changed.station = Some(self.station_id().into()),
            1 => {
                changed.position = Some(campus_dispatch::domain::place::Position {
                    longitude: 0.0,
                    latitude: 91.0,
                })
            }
            2 => changed.duty_windows.push(DutyWindow {
                weekdays: vec![Weekday::Sat],
                from_minute: 600,
                to_minute: 600,
                posts: 1,
            }),
            _ => {}
        }
        ask::define_school(changed)
    }

    fn define_unit(&mut self) -> Command {
        let kinds = [UnitKind::Patrol, UnitKind::SchoolGuard, UnitKind::Swat];
        let (id, kind) = match self.dice.below(3) {
            0 => ("P-77".to_owned(), UnitKind::Patrol),
            _ => (self.dice.pick(&UNITS).0.to_owned(), *self.dice.pick(&kinds)),
        };
        let station = self.station_id();
        ask::define_unit(UnitProfile { station: Some(station.into()), ..profile(&id, kind) })
    }

    pub fn remove(&mut self) -> (Actor, Command) {
        let command = match self.dice.below(4) {
            0 => {
                let stations = [(4, "ST-2"), (2, "ST-1"), (1, "ST-X")];
                ask::remove_station(self.dice.weighted(&stations))
            }
            1 => ask::remove_school(self.school_id()),
            2 => ask::remove_unit("P-77"),
            _ => ask::remove_unit(&self.unit_id()),
        };
        (self.admin(), command)
    }

    /// A later version of a shipped policy, sometimes not later, sometimes none at all.
    pub fn policy(&mut self) -> (Actor, Command) {
        let id = *self.dice.pick(&preset::IDS);
        let version = self.dice.below(5) as u32;
        let shipped = preset::preset(id).expect("shipped");
        let effective_from = match self.dice.below(3) {
            0 => self.now + Within::from_seconds(self.dice.between(0, 600)),
            _ => shipped.effective_from,
        };
        let mut policy = Policy { version, effective_from, ..shipped };
        if self.dice.one_in(6) {
            policy.rules.clear();
        }
        if self.dice.one_in(3) {
            return (one(Role::Console), ask::file(policy));
        }
        (self.admin(), ask::adopt(policy))
    }

    pub fn account(&mut self) -> (Actor, Command) {
        let number = self.dice.below(4) + 3;
        let name = format!("operator-{number}");
        let newcomer =
            Actor { account: name.as_str().into(), role: Role::Operator, channel: Channel::Http };
        let command = match self.dice.below(20) {
            16 => self.enable(),
            17 => ask::change_account(
                self.dice.weighted(&[(3, "screen-1"), (2, "operator-4"), (1, "admin-1")]),
                self.dice.weighted(&[(3, Role::Screen), (2, Role::Operator)]),
                self.dice.weighted(&[(1, None), (2, Some("ST-1")), (1, Some("ST-X"))]),
            ),
            18 => ask::reset_factor("nobody-1"),
            0 => ask::add_account(account(&unit("P-02"))),
            1 => {
                let phone = Actor { account: "phone-new".into(), ..unit("P-01") };
                ask::add_account(account(&phone))
            }
            2 => ask::add_account(Account {
                unit: Some(self.unit_id().into()),
                ..account(&Actor { account: "phone-77".into(), ..unit("P-77") })
            }),
            3 => ask::add_account(Account {
                station: Some(self.station_id().into()),
                ..account(&newcomer)
            }),
            4 => ask::add_account(Account { name: "名 字".into(), ..account(&newcomer) }),
            5..9 => ask::disable_account(self.dice.weighted(&[(1, "admin-1"), (1, "admin-2")])),
            9 => ask::disable_account(self.dice.weighted(&[(3, "phone-P-09"), (1, "nobody-1")])),
            10 => ask::disable_account("operator-2"),
            _ => ask::add_account(account(&newcomer)),
        };
        (self.admin(), command)
    }

    /// An account that was disabled gets back in; now and then one that never was.
    fn enable(&mut self) -> Command {
        let disabled = self.state.accounts.values().filter(|account| account.disabled);
        let disabled = disabled.map(|account| account.name.to_string()).collect::<Vec<_>>();
        match self.dice.pick_any(disabled) {
            Some(name) if !self.dice.one_in(3) => ask::enable_account(&name),
            _ => ask::enable_account("operator-2"),
        }
    }

    /// Enrols a second factor, and loses the phone with it. Without this wish a factor would hardly
    /// ever be there to be reset.
    pub fn factor(&mut self) -> (Actor, Command) {
        let who = self.operator();
        let protection = self.state.protections.get(&who.account);
        let enrolled = protection.is_some_and(|one| one.factor.is_some());
        if enrolled && !self.dice.one_in(4) {
            return (self.admin(), ask::reset_factor(who.account.as_str()));
        }
        let step = self.dice.below(6) as u64;
        (who, ask::enrol_factor(step))
    }

    /// Passwords and tokens changed, and sessions opened with a second factor.
    fn credential(&mut self, who: Actor) -> (Actor, Command) {
        let step = self.dice.below(6) as u64;
        let name = if self.dice.one_in(4) { "screen-1" } else { who.account.as_str() };
        let token = format!("{:064x}", self.dice.below(1_000_000));
        let command = match self.dice.below(5) {
            0 => ask::change_token(name, &token, None),
            1 => {
                let (account, sealed) = (name.into(), Some("示例".to_owned()));
                let credential = match self.dice.below(2) {
                    0 => Credential::Password { phc: "示例".to_owned() },
                    _ => Credential::Token { sha256: token },
                };
                let change = ChangeCredential { account, credential, sealed, kept: None };
                Command::ChangeCredential(change)
            }
            _ => {
                let proof = match self.dice.below(3) {
                    0 => Proof::Recovery { sha256: "c1".to_owned() },
                    _ => Proof::Code { step },
                };
                ask::open_session_with(who.account.as_str(), &token, self.now, Some(proof))
            }
        };
        (who, command)
    }

    pub fn session(&mut self) -> (Actor, Command) {
        let who = self.operator();
        if self.dice.one_in(3) {
            return self.credential(who);
        }
        let open: Vec<_> = self.state.sessions.values().cloned().collect();
        if self.dice.one_in(2) {
            let token = format!("{:064x}", self.dice.below(1_000_000));
            let name = if self.dice.one_in(8) { "admin-1" } else { who.account.as_str() };
            let command = ask::open_session(name, &token, self.now);
            return (who, command);
        }
        match self.dice.pick_any(open) {
            Some(session) if self.dice.one_in(3) => {
                (self.admin(), ask::close_session(&session.sha256))
            }
            Some(session) => (who, ask::close_session(&session.sha256)),
            None => (who, ask::close_session("no such session")),
        }
    }

    /// A server that starts with these settings or those.
    pub fn configuration(&mut self) -> (Actor, Command) {
        let settings = self.dice.weighted(&[(4, "aa"), (2, "bb"), (1, " ")]);
        (one(Role::Console), ask::note_configuration(ask::configuration(settings)))
    }

    /// A handled alert of another system; few ids, so that they come again.
    pub fn import(&mut self) -> (Actor, Command) {
        let dice = &mut self.dice;
        let back = |seconds: i64| self.now + Within::from_seconds(-seconds);
        let received_at = back(dice.between(-1, 3_000));
        let call = format!("示例-{}", dice.below(12));
        let mut historic = ask::history(&call, received_at, back(dice.between(0, 600)));
        let step = |seconds: i64| received_at + Within::from_seconds(seconds);
        let sent = dice.weighted(&[(10, 0), (6, 1), (3, 2), (1, 501)]);
        for index in 0..sent {
            let one = ask::historic_assignment(&format!("X-{index}"), step(20));
            let (arrived_at, cleared_at) = (Some(step(150)), Some(step(600)));
            historic.assignments.push(match dice.below(3) {
                0 => one,
                _ => Assignment { arrived_at, cleared_at, ..one },
            });
        }
        if dice.one_in(2) {
            historic.closed_at = Some(step(700));
        }
        if dice.one_in(6) {
            historic.school = Some(self.school_id().into());
        }
        (Actor::console(Channel::Import), ask::import(historic))
    }

    /// Asked by somebody else, it is refused. The door asks as the core does.
    pub fn what_only_the_core_may(&mut self) -> (Actor, Command) {
        let alert = self.alert(|_| true);
        if self.dice.one_in(3) {
            let of = match self.dice.below(3) {
                0 => Personal::School { school: self.school_id().into() },
                1 => Personal::Station { station: self.station_id().into() },
                _ => Personal::Alert(alert),
            };
            let view = ask::note_view(of);
            let export = ask::note_export(self.dice.weighted(&[(6, "alerts"), (1, " ")]));
            let who = *self.dice.pick(&[0, 1, 2]);
            let by = [self.operator(), self.admin(), one(Role::Manager)][who].clone();
            return (by, if self.dice.one_in(2) { view } else { export });
        }
        if self.dice.one_in(3) {
            let times = self.dice.below(9) as u32 + 1;
            let note = ask::note_refusals(Some("operator-2"), times, self.now);
            let who = if self.dice.one_in(2) { Actor::system() } else { self.operator() };
            return (who, note);
        }
        let command = match self.dice.below(2) {
            0 => ask::tell(alert),
            _ => ask::note_clock_jump(Within::from_seconds(5)),
        };
        (self.operator(), command)
    }
}
