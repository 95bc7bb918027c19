package io.hone.executor.reward.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables that queries of tests are about: people with departments and bosses, some without. */
final class Company {
  static final String DEPARTMENT_COLUMNS = "id INT, title STRING, since DATE";

  private Company() {}

  static Map<String, Object> tables() {
    Map<String, Object> tables = new LinkedHashMap<>();
    tables.put("emp", people());
    tables.put("dept", Map.of("columns", DEPARTMENT_COLUMNS, "rows", departments()));
    return tables;
  }

  static List<Map<String, Object>> people() {
    return List.of(
        person(1, "Ann", 1, 10.5, null),
        person(2, "Bob", 1, 20.0, 1),
        person(3, "Cy", 2, 30.0, 1),
        person(4, "Di", null, null, 2),
        person(5, "Eve", 2, 20.0, 3));
  }

  static List<List<Object>> departments() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of(1, "Ops", "2020-01-31"));
    rows.add(List.of(2, "Dev", "2021-05-01"));
    rows.add(Arrays.asList(3, "None", null));
    return rows;
  }

  private static Map<String, Object> person(
      long id, String name, Integer department, Double pay, Integer boss) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("id", id);
    person.put("name", name);
    person.put("dept", department);
    person.put("pay", pay);
    person.put("boss", boss);
    return person;
  }
}
