//! The open form and every format in and out.
