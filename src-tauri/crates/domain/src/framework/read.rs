//! Reads a framework file and names every problem in it by its place.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::problem::{FileProblem, problem};
use super::sense::problems_of_sense;
use super::{FORMAT, Framework};
use crate::json;

/// Some forty times what the built-in framework holds.
const VALUES_MOST: usize = 100_000;

/// Reads a framework file.
///
/// # Errors
/// Every problem found, in the order of the file: first those of form, and when there are none those of sense.
pub fn read(text: &str) -> Result<Framework, Vec<FileProblem>> {
    let (value, _) = json::read(text, VALUES_MOST).map_err(|error| {
        let what = json::what_is_wrong(&error);
        vec![FileProblem {
            place: format!("line {}, column {}", error.line(), error.column()),
            message: if error.is_data() { what } else { format!("this is not JSON: {what}") },
        }]
    })?;
    let Value::Object(file) = &value else {
        return Err(vec![problem("the file", "give one JSON object")]);
    };
    if let Some(found) = file.get("format").filter(|format| *format != FORMAT) {
        return Err(vec![problem("format", format!("give \"{FORMAT}\"; it says {found}"))]);
    }
    let problems = problems_of_form(file);
    if !problems.is_empty() {
        return Err(problems);
    }
    let framework: Framework =
        serde_json::from_value(value.clone()).map_err(|error| vec![problem("the file", error)])?;
    let problems = problems_of_sense(&framework);
    if problems.is_empty() { Ok(framework) } else { Err(problems) }
}

/// Compares the file with the shipped one, a piece at a time, so that one mistake does not hide the next: each field is
/// read inside an object that is otherwise known to be good.
fn problems_of_form(file: &Map<String, Value>) -> Vec<FileProblem> {
    let good = match serde_json::to_value(Framework::shipped()) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let mut problems = Vec::new();
    field_by_field::<Framework>(file, &good, "", &mut problems);
    // A list is read entry by entry, each against the first good entry; its own problems replace the list's first one.
    let mut detailed = Vec::new();
    if let (Some(Value::Object(found)), Some(Value::Object(good))) = (file.get("decisions"), good.get("decisions")) {
        field_by_field::<super::Decisions>(found, good, "decisions", &mut detailed);
        if !detailed.is_empty() {
            problems.retain(|known: &FileProblem| !known.place.starts_with("decisions"));
        }
    }
    for (key, value) in file {
        let (Value::Array(entries), Some(Value::Array(good_entries))) = (value, good.get(key)) else { continue };
        let Some(Value::Object(good_entry)) = good_entries.first() else { continue };
        for (index, entry) in entries.iter().enumerate() {
            let place = format!("{key}[{index}]");
            let Value::Object(entry) = entry else {
                detailed.push(problem(&place, "give an object"));
                continue;
            };
            let before = detailed.len();
            match key.as_str() {
                "evidence" => field_by_field::<super::EvidenceMeaning>(entry, good_entry, &place, &mut detailed),
                "areas" => field_by_field::<super::Area>(entry, good_entry, &place, &mut detailed),
                "competencies" => field_by_field::<super::Competency>(entry, good_entry, &place, &mut detailed),
                "capabilities" | "models" | "values" | "induction" => {
                    field_by_field::<super::Listed>(entry, good_entry, &place, &mut detailed);
                }
                "milestones" => field_by_field::<super::FirstMonths>(entry, good_entry, &place, &mut detailed),
                "tiers" => field_by_field::<super::Tier>(entry, good_entry, &place, &mut detailed),
                "rhythms" => field_by_field::<super::SupervisionRhythm>(entry, good_entry, &place, &mut detailed),
                _ => field_by_field::<super::Standard>(entry, good_entry, &place, &mut detailed),
            }
            if detailed.len() > before {
                problems.retain(|known| !known.place.starts_with(&format!("{key}[")) && known.place != *key);
            }
        }
    }
    problems.extend(detailed);
    problems
}

/// Reads each field of `found` inside an otherwise good object, and each missing one as missing.
fn field_by_field<T: DeserializeOwned>(
    found: &Map<String, Value>,
    good: &Map<String, Value>,
    place: &str,
    problems: &mut Vec<FileProblem>,
) {
    let keys = good.keys().chain(found.keys().filter(|key| !good.contains_key(*key)));
    for key in keys {
        let mut trial = good.clone();
        match found.get(key) {
            Some(value) => trial.insert(key.clone(), value.clone()),
            None => trial.remove(key),
        };
        if let Err(error) = serde_path_to_error::deserialize::<_, T>(Value::Object(trial)) {
            let path = error.path().to_string();
            let inner = if path == "." { key.clone() } else { path };
            let dot = if place.is_empty() { "" } else { "." };
            problems.push(problem(format!("{place}{dot}{inner}"), error.into_inner()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Value {
        serde_json::to_value(Framework::shipped()).unwrap()
    }

    fn places(value: &Value) -> Vec<String> {
        read(&value.to_string()).unwrap_err().into_iter().map(|problem| problem.place).collect()
    }

    #[test]
    fn the_shipped_file_has_38_competencies_and_no_problem() {
        let framework = read(super::super::SHIPPED).unwrap();
        let in_area = |area| framework.competencies.iter().filter(|c| c.area == area).count();
        assert_eq!([1, 2, 3, 4].map(in_area), [10, 10, 12, 6]);
        assert_eq!((framework.capabilities.len(), framework.models.len()), (16, 28));
        assert_eq!(framework.supervisor_standards.len(), 8);
        assert_eq!(framework.tiers.iter().map(|tier| tier.hours).collect::<Vec<_>>(), [50, 200, 500, 1000]);
    }

    #[test]
    fn every_problem_is_named_by_its_place() {
        let mut value = shipped();
        value["competencies"][2]["needs"][0]["kind"] = "hearsay".into();
        value["competencies"][2].as_object_mut().unwrap().remove("title");
        value["competencies"][5]["area"] = "one".into();
        value["tiers"][1]["houres"] = 3.into();
        value.as_object_mut().unwrap().remove("rhythms");
        let mut found = places(&value);
        found.sort();
        assert_eq!(
            found,
            [
                "competencies[2].needs[0].kind",
                "competencies[2].title",
                "competencies[5].area",
                "rhythms",
                "tiers[1].houres"
            ]
        );
    }

    #[test]
    fn what_points_nowhere_is_a_problem() {
        let mut value = shipped();
        value["competencies"][0]["area"] = 7.into();
        value["competencies"][1]["number"] = "1.1".into();
        value["competencies"][3]["needs"] = Value::Array(Vec::new());
        value["tiers"][2]["hours"] = 10.into();
        assert_eq!(
            places(&value),
            [
                "competencies[0].area",
                "competencies[0].number",
                "competencies[1].number",
                "competencies[3].needs",
                "tiers[2]"
            ]
        );
    }

    #[test]
    fn numbers_out_of_all_reason_and_empty_lists_are_problems() {
        let mut value = shipped();
        value["tiers"][3]["hours"] = 4_000_000_000_u32.into();
        value["tiers"][3]["tier"] = 255.into();
        value["rhythms"][0]["full_time_months"] = 0.into();
        assert_eq!(places(&value), ["tiers[3].tier", "tiers[3].hours", "tiers[3]", "rhythms[0]"]);
        let mut value = shipped();
        for list in ["areas", "competencies", "tiers", "rhythms"] {
            value[list] = Value::Array(Vec::new());
        }
        assert_eq!(places(&value), ["areas", "competencies", "tiers", "rhythms"]);
    }

    #[test]
    fn milestones_and_rules_of_standards_are_held_against_the_rest() {
        let mut value = shipped();
        value["milestones"][0]["competencies"] = serde_json::json!(["1.9", "9.9"]);
        value["milestones"][1]["months"] = 61.into();
        value["supervisor_standards"][0]["rule"]["tier"]["from"] = 5.into();
        value["supervisor_standards"][1]["rule"] = serde_json::json!({ "supervision": { "months": 0 } });
        let expected = [
            "milestones[0].competencies[1]",
            "milestones[1].months",
            "milestones[2]",
            "supervisor_standards[0].rule",
            "supervisor_standards[1].rule",
            "supervisor_standards[3].rule",
        ];
        assert_eq!(places(&value), expected);
        let mut value = shipped();
        value["supervisor_standards"][1]["rule"]["caseload"]["hours"] = "fifty".into();
        assert_eq!(places(&value), ["supervisor_standards[1].rule.caseload.hours"]);
    }

    #[test]
    fn a_file_without_milestones_and_rules_reads_and_has_none() {
        let mut value = shipped();
        let file = value.as_object_mut().unwrap();
        file.remove("milestones");
        file.remove("models_from_tier");
        for standard in file["supervisor_standards"].as_array_mut().unwrap() {
            standard.as_object_mut().unwrap().remove("rule");
        }
        let framework = read(&value.to_string()).unwrap();
        assert_eq!((framework.milestones.len(), framework.models_from_tier), (0, None));
        assert_eq!((framework.supervisors_from_tier(), framework.caseload_months()), (0, 12));
    }

    #[test]
    fn a_file_decides_for_itself_says_so_and_else_decides_as_the_shipped_one() {
        let mut value = shipped();
        value["decisions"]["grace_days"]["value"] = 91.into();
        value["decisions"]["pace_days"]["value"] = 60.into();
        value["decisions"]["course_parts_months"]["because"] = " ".into();
        let problems = read(&value.to_string()).unwrap_err();
        let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "decisions.pace_days.says: give a sentence that names the value, 60",
                "decisions.grace_days.value: give 0 to 90",
                "decisions.grace_days.says: give a sentence that names the value, 91",
                "decisions: every decision needs a sentence and a reason",
            ]
        );
        let mut value = shipped();
        value["decisions"]["grace_days"]["value"] = "two weeks".into();
        value["decisions"].as_object_mut().unwrap().remove("deciders");
        assert_eq!(places(&value), ["decisions.deciders", "decisions.grace_days.value"]);
        let mut value = shipped();
        value.as_object_mut().unwrap().remove("decisions");
        assert_eq!(read(&value.to_string()).unwrap().decisions, Framework::shipped().decisions);
    }

    #[test]
    fn text_that_is_no_json_says_where() {
        assert_eq!(read("{\n  \"format\": }").unwrap_err()[0].place, "line 2, column 13");
        assert_eq!(read("[]").unwrap_err()[0].message, "give one JSON object");
    }
}
