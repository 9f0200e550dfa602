//! One binary of suites, by floor.
