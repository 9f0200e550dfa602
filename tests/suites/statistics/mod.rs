//! Response-time figures, on alerts that lived through a whole engine on virtual time.

mod centre;
mod response;
mod what_if;
