//! The use cases, the one error type, the clock.
