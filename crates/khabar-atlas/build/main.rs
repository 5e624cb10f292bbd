//! Compiles the lists in `data/` to the table that the atlas looks names up in.

#![expect(clippy::print_stdout, reason = "cargo reads what a build script prints")]

mod compile;
#[path = "../src/key.rs"]
mod key;
#[path = "../src/layout.rs"]
#[allow(dead_code, unreachable_pub, reason = "the library reads what is written here")]
mod layout;
#[allow(dead_code, reason = "the tests run the checks over several rows")]
mod lists;
mod names;
mod outlets;
#[path = "../src/state_rows.rs"]
mod state_rows;
mod table;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let data =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/key.rs");
    println!("cargo::rerun-if-changed=src/layout.rs");
    println!("cargo::rerun-if-changed=src/state_rows.rs");
    println!("cargo::rerun-if-changed={}", data.display());
    match compile::compile(&|name: &str| read(&data, name)) {
        Ok(table) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
            fs::write(out.join("atlas.bin"), table).expect("the output folder is writable");
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
        }
    }
}

fn read(data: &Path, name: &str) -> String {
    let path = data.join(name);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return text;
    }
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
