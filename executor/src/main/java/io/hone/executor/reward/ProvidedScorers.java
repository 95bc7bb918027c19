package io.hone.executor.reward;

import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The kinds of scorers from other jars. */
final class ProvidedScorers {
  private ProvidedScorers() {}

  /**
   * Those on the class path of this thread, where Spark adds the jars of a job.
   *
   * @throws UserException if one cannot be loaded, or has the name of another kind of component
   */
  static List<ScorerType<?>> types() {
    ClassLoader loader =
        Objects.requireNonNullElse(
            Thread.currentThread().getContextClassLoader(), ProvidedScorers.class.getClassLoader());
    List<ScorerType<?>> types = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    ComponentTypes.builtIn().forEach(type -> owners.put(type.name(), "Hone"));
    try {
      for (ScorerProvider<?> provider : ServiceLoader.load(ScorerProvider.class, loader)) {
        String name = provider.getClass().getName();
        String other = owners.putIfAbsent(provider.type(), name);
        if (other != null) {
          throw new UserException(
              "'%s', the type of %s, is one of %s already (expected a name of its own)"
                  .formatted(provider.type(), name, other));
        }
        types.add(type(provider));
      }
    } catch (ServiceConfigurationError e) {
      throw new UserException(
          "cannot load a scorer: "
              + e.getMessage()
              + " (expected a class of its jar with a public"
              + " constructor without parameters)",
          e);
    }
    return types;
  }

  private static <O extends Record> ScorerType<O> type(ScorerProvider<O> provider) {
    return new ScorerType<>(provider.type(), provider.options(), provider::create);
  }
}
