//! What lies under the desk's map.

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::{domain::place::CoordinateSystem, web::Tiles};

/// Map tiles of a server of the site's own; without an address the map is drawn on plain ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapTiles {
    /// With `{z}`, `{x}` and `{y}`: `https://tiles.example/{z}/{x}/{y}.png`. Empty for none.
    pub tiles: String,
    /// The coordinate system the tiles are drawn in.
    #[serde(deserialize_with = "system")]
    pub system: CoordinateSystem,
    /// What the tiles' owner wants said on the map.
    pub attribution: String,
}

impl Default for MapTiles {
    fn default() -> Self {
        Self { tiles: String::new(), system: CoordinateSystem::Wgs84, attribution: String::new() }
    }
}

impl MapTiles {
    /// For the web; `None` where no address is configured.
    pub fn for_web(&self) -> Option<Tiles> {
        let Self { tiles, system, attribution } = self.clone();
        (!tiles.is_empty()).then_some(Tiles { address: tiles, system, attribution })
    }

    /// Whether the address can be fetched from and named in a content security policy.
    pub(super) fn is_good(&self) -> bool {
        let has_parts = ["{z}", "{x}", "{y}"].iter().all(|part| self.tiles.contains(part));
        let is_plain =
            self.tiles.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\^`|;,".contains(c));
        let origin = self.for_web().and_then(|tiles| tiles.origin().map(str::to_owned));
        let is_placed = self.tiles.starts_with('/') && !self.tiles.starts_with("//")
            || origin.is_some_and(|origin| !origin.contains(['{', '}', '@', '*', '?', '#']));
        self.tiles.is_empty() || (has_parts && is_plain && is_placed)
    }
}

fn system<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CoordinateSystem, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "wgs84" => Ok(CoordinateSystem::Wgs84),
        "gcj02" => Ok(CoordinateSystem::Gcj02),
        other => Err(D::Error::custom(format!(
            "\"{other}\" is no coordinate system; write wgs84 or gcj02"
        ))),
    }
}
