package io.hone.kernels.tokenizer;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jinja's filters with the meaning that they have in Python, where Jinjava's own have another. */
final class PythonFilters {
  /** Jinjava's own filters that mean the same and neither reach outside nor grow without bound. */
  static final Set<String> KEPT =
      Set.of(
          "capitalize",
          "dictsort",
          "int",
          "join",
          "list",
          "map",
          "reject",
          "rejectattr",
          "reverse",
          "safe",
          "select",
          "selectattr",
          "sort",
          "title",
          "unique");

  private PythonFilters() {}

  /** The filters that take the place of Jinjava's. */
  static List<Filter> all() {
    return List.of(
        filter("trim", (value, arguments) -> ofText("trim", "strip", value, arguments)),
        filter("replace", (value, arguments) -> ofText("replace", "replace", value, arguments)),
        filter("lower", (value, arguments) -> ofText("lower", "lower", value, arguments)),
        filter("upper", (value, arguments) -> ofText("upper", "upper", value, arguments)),
        filter("string", (value, arguments) -> PythonSemantics.print(value)),
        filter("tojson", PythonFilters::toJson),
        filter("default", PythonFilters::orDefault),
        filter("d", PythonFilters::orDefault),
        filter("length", (value, arguments) -> length(value)),
        filter("count", (value, arguments) -> length(value)),
        filter("first", (value, arguments) -> element(value, true)),
        filter("last", (value, arguments) -> element(value, false)),
        filter("items", (value, arguments) -> items(value)));
  }

  private interface Function {
    Object apply(Object value, List<Object> arguments);
  }

  private static Filter filter(String name, Function function) {
    return new AdvancedFilter() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public Object filter(
          Object value,
          JinjavaInterpreter interpreter,
          Object[] arguments,
          Map<String, Object> namedArguments) {
        if (!namedArguments.isEmpty()) {
          throw new TemplateFailure(
              "the filter '" + name + "' is not supported with " + namedArguments.keySet());
        }
        Object plain = value instanceof SafeString safe ? safe.toString() : value;
        return function.apply(plain, Arrays.asList(arguments));
      }
    };
  }

  private static Object ofText(String name, String method, Object value, List<Object> arguments) {
    if (value instanceof String text) {
      return PythonStrings.call(text, method, arguments);
    }
    throw new TemplateFailure("the filter '" + name + "' is for text only");
  }

  private static Object toJson(Object value, List<Object> arguments) {
    if (!arguments.isEmpty()) {
      throw new TemplateFailure("the filter 'tojson' is not supported with arguments");
    }
    return PythonJson.write(value);
  }

  /** {@code default(value, evenIfFalse)}. */
  private static Object orDefault(Object value, List<Object> arguments) {
    Object replacement = arguments.isEmpty() ? "" : arguments.get(0);
    boolean evenIfFalse = arguments.size() > 1 && PythonSemantics.isTrue(arguments.get(1));
    boolean keeps = evenIfFalse ? PythonSemantics.isTrue(value) : value != null;
    return keeps ? value : replacement;
  }

  private static long length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Collection<?> elements) {
      return elements.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    throw new TemplateFailure("only text, lists and maps have a length");
  }

  private static Object element(Object value, boolean first) {
    Object slice = PythonSemantics.slice(value, first ? 0 : -1, first ? 1 : null, null);
    if (slice instanceof List<?> elements) {
      return elements.isEmpty() ? null : elements.get(0);
    }
    return slice;
  }

  private static Object items(Object value) {
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.entrySet());
    }
    throw new TemplateFailure("the filter 'items' is for maps only");
  }
}
