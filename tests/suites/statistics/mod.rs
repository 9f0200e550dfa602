//! Response-time figures, on alerts that lived through a whole engine on virtual time.

mod centre;
mod chance;
mod columns;
mod naive;
mod response;
mod what_if;
