//! Adopt a policy, or file one that only judges history.

use campus_dispatch::domain::{
    Policy, Rejection, Role, Within, classification::Category, policy::preset,
};

use crate::domain::{
    ask,
    centre::{Centre, admin, one, second},
};

fn shipped(id: &str) -> Policy {
    preset::preset(id).expect("shipped")
}

#[test]
fn it_governs_alerts_received_from_its_instant_on() {
    let mut centre = Centre::new();
    let policy = Policy { effective_from: second(60), ..shipped("zone-only") };
    centre.does(&admin(), ask::adopt(policy));
    let governed_by = |centre: &mut Centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.alert(alert).selection.policy.id.to_string()
    };
    assert_eq!(governed_by(centre.at_ms(59_999)), "school-135-default");
    assert_eq!(governed_by(centre.at_ms(60_000)), "zone-only");
}

#[test]
fn of_two_in_force_the_last_adopted_governs() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::adopt(shipped("zone-only")));
    centre.does(&admin(), ask::adopt(shipped("severity-only")));
    assert_eq!(centre.state.policy_at(second(0)).id.as_str(), "severity-only");
}

#[test]
fn a_filed_policy_never_governs() {
    let mut centre = Centre::new();
    let console = one(Role::Console);
    centre.does(&console, ask::file(shipped("zone-only")));
    assert_eq!(centre.state.policy_at(second(0)).id.as_str(), "school-135-default");
    assert_eq!(centre.does(&console, ask::file(shipped("zone-only"))), [], "twice is once");
}

#[test]
fn a_filed_version_cannot_be_another_policy() {
    let mut centre = Centre::new();
    let console = one(Role::Console);
    centre.does(&console, ask::file(shipped("zone-only")));
    let other = Policy { name: "示例".to_owned(), ..shipped("zone-only") };
    centre.refuses(&console, ask::file(other), Rejection::PolicyVersionNotNewer);
}

refusals! {
    one_that_cannot_judge_every_alert is PolicyInvalid: |_centre| {
        let mut policy = shipped("zone-only");
        policy.rules[0].limit = Within::from_millis(0);
        (admin(), ask::adopt(policy))
    }
    the_version_that_is_in_force is PolicyVersionNotNewer: |_centre| {
        (admin(), ask::adopt(shipped(preset::DEFAULT)))
    }
    an_older_version is PolicyVersionNotNewer: |centre| {
        let version = |version| Policy { version, ..shipped("zone-only") };
        centre.does(&admin(), ask::adopt(version(3)));
        (admin(), ask::adopt(version(2)))
    }
    by_a_supervisor is RoleNotPermitted: |_centre| {
        (one(Role::Supervisor), ask::adopt(shipped("zone-only")))
    }
}
