#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;

#[test]
fn numbers_survive_and_need_no_escape() {
    let edges = [0, 1, 54, 55, 56, 91, 92, 1900, 55_258, 55_259, 55_260, 63_448, 63_449, 63_450];
    for n in edges.into_iter().chain([63_451, 63_452, NARROW - 1]) {
        let c = character(n);
        assert_eq!(number(c), Some(n), "{c:?}");
        assert!(c > ELEMENT && c != '"' && c != '\\', "{c:?}");
    }
    for n in [0, 1, -1, 5_000, -70_000] {
        assert_eq!(unzigzag(zigzag(n)), n);
    }
}

fn packed(items: &[(&[u64], &[&[u64]])]) -> String {
    let mut packer = Packer::default();
    for (first, elements) in items {
        first.iter().for_each(|&number| packer.number(number));
        packer.section();
        elements.iter().for_each(|element| packer.element(element));
        packer.end();
    }
    packer.finish().unwrap()
}

/// SQL reads what was packed here, in lists of narrow numbers and of wide ones.
#[test]
fn views_read_packed_items() {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    for far in [55, 56, 63_449, 63_450, NARROW - 1, NARROW, 1 << 38] {
        let list = packed(&[(&[1, far], &[&[far, 0], &[0, 0], &[7]]), (&[3, 4], &[])]);
        assert_eq!(list.starts_with('w'), far >= NARROW);
        let mut items = List::of(&list).unwrap().items();
        let mut first = items.next().unwrap();
        assert_eq!(first.numbers(), Some([1, far]));
        assert_eq!(first.elements(), Some(vec![[far, 0], [0, 0], [7, 0]]));
        let mut second = items.next().unwrap();
        assert_eq!((second.numbers(), second.elements::<2>()), (Some([3, 4]), Some(vec![])));
        assert!(items.next().is_none());
        let sql = "SELECT i.key, AT(?1, i.value, 0), AT(?1, i.value, 1), e.key, AT(?1, e.value, 0), AT(?1, e.value, 1)
            FROM json_each(ITEMS(?1)) AS i LEFT JOIN json_each(ELEMENTS(SECTION(i.value, 1))) AS e";
        let rows: Vec<[Option<i64>; 6]> = db
            .prepare(&expand(sql))
            .unwrap()
            .query_map([&list], |row| {
                let mut all = [None; 6];
                for (n, cell) in all.iter_mut().enumerate() {
                    *cell = row.get(n)?;
                }
                Ok(all)
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let far = Some(far.cast_signed());
        let some = Some;
        let expected = [
            [some(0), some(1), far, some(0), far, None],
            [some(0), some(1), far, some(1), some(0), None],
            [some(0), some(1), far, some(2), some(7), None],
            [some(1), some(3), some(4), None, None, None],
        ];
        assert_eq!(rows, expected);
    }
    for (start, anchor) in [(0, 0), (5, 90), (90, 5)] {
        let sql = expand("SELECT NEAR(?1, ?2)");
        let near: i64 = db
            .query_row(&sql, [i64::from(anchor), distance(start, anchor).cast_signed()], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(near, i64::from(start));
    }
}

#[test]
fn what_was_not_packed_here_is_refused() {
    for bad in ["", "x", "1%"] {
        assert!(List::of(bad).is_none(), "{bad:?}");
    }
    let numbers = |text| List::of(text).unwrap().items().next().unwrap().numbers::<2>();
    assert_eq!(numbers("n%&"), Some([0, 1]));
    for bad in ["n%", "n%&'", "n%\"", "n%\u{1}", "w%%%", "w%%"] {
        assert_eq!(numbers(bad), None, "{bad:?}");
    }
}
