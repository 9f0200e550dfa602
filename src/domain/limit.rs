//! Every bound the rules know, with its reason.

use super::time::Within;

/// Characters in a free text: a page, and small enough for one frame.
pub const TEXT_MAX: usize = 4_000;
/// Characters in a reason, a phone number, a source's own id: a line.
pub const LINE_MAX: usize = 200;
/// Characters in a name.
pub const NAME_MAX: usize = 100;
/// Units sent by one command.
pub const UNITS_PER_DISPATCH_MAX: usize = 32;
/// Units on one imported alert: a whole city's at one fire, and one record stays small.
pub const UNITS_PER_IMPORT_MAX: usize = 500;
/// Alarms seen by one command: all that one alert can have.
pub const ALARMS_PER_COMMAND_MAX: usize = 100;
/// A unit on its way that has been silent for so long counts as lost. A minute may be a tunnel; an
/// alert of the slowest tier is over in five.
pub const UNIT_LOST_AFTER: Within = Within::from_seconds(180);
/// Waves an alert is answered in: nearest post, surrounding patrols, reinforcement.
pub const ECHELON_MAX: u8 = 3;
/// People counted at one alert.
pub const PEOPLE_MAX: u32 = 10_000;
/// Windows of one school's peak duty.
pub const DUTY_WINDOWS_MAX: usize = 20;
/// Sessions of one account at once; a further login ends the oldest.
pub const SESSIONS_PER_ACCOUNT_MAX: usize = 32;
/// Devices remembered of one account.
pub const DEVICES_PER_ACCOUNT_MAX: usize = 32;
/// Former passwords remembered of one account.
pub const FORMER_PASSWORDS_MAX: usize = 24;
/// Recovery codes of one account.
pub const RECOVERY_CODES_MAX: usize = 20;
/// Rows of reference data taken over at once beside a running dispatch: the writer is busy with
/// them for a moment.
pub const DEFINITIONS_MAX: usize = 5_000;
/// Alerts of one sample: what people can look through.
pub const SAMPLE_MAX: u32 = 500;
/// Positions closer together than this are not worth a record.
pub const POSITION_INTERVAL: Within = Within::from_seconds(5);
/// Within this distance of a school a place counts as zone B, in metres.
pub const ZONE_B_METRES: f64 = 200.0;
