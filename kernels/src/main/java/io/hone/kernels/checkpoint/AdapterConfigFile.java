package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.LoraConfig;
import io.hone.conf.Suggestions;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code adapter_config.json} of a PEFT adapter. Keys that change the arithmetic in ways that
 * Hone does not compute are errors, and so are unknown keys unless their value says that what they
 * stand for is off.
 */
record AdapterConfigFile(Path file, JsonObject json) {
  static final String NAME = "adapter_config.json";

  private static final String BASE = "base_model_name_or_path";
  private static final String TARGETS = "target_modules";
  private static final String ALL_LINEAR = "all-linear";

  /** Keys that Hone reads, and keys that say how the adapter came about or is stored. */
  private static final Set<String> KNOWN =
      Set.of(
          "peft_type",
          "r",
          "lora_alpha",
          "lora_dropout",
          TARGETS,
          "bias",
          "use_rslora",
          "init_lora_weights",
          BASE,
          "revision",
          "auto_mapping",
          "inference_mode",
          "peft_version",
          "task_type",
          "megatron_core",
          "qalora_group_size",
          "runtime_config");

  /** Initialisations that leave the base weights as they are. */
  private static final Set<String> INITIALISATIONS = Set.of("gaussian", "eva", "orthogonal");

  static AdapterConfigFile read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserException(
          directory + " is not a directory; expected an adapter directory as PEFT saves it");
    }
    Path file = directory.resolve(NAME);
    return new AdapterConfigFile(file, JsonObject.read(file));
  }

  /** The model that the adapter was made for, where the file names one. */
  Optional<String> base() {
    return json.optionalText(BASE);
  }

  LoraSettings settings() {
    requireText("peft_type", "LORA", "LORA, the only adapter that Hone computes");
    requireText("bias", "none", "none; Hone does not train biases");
    refuseInitialisation();
    refuseOthers();
    int rank = json.integer("r");
    double alpha = json.number("lora_alpha");
    double dropout = json.optionalNumber("lora_dropout").orElse(0.0);
    if (rank < 1) {
      throw json.wrong("r", rank, "at least 1");
    }
    if (!(alpha > 0)) {
      throw json.wrong("lora_alpha", alpha, "a number above 0");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw json.wrong("lora_dropout", dropout, "at least 0, below 1");
    }
    return new LoraSettings(
        rank, alpha, json.flag("use_rslora"), dropout, List.copyOf(targetModules()));
  }

  private void requireText(String key, String value, String expected) {
    String found = json.optionalText(key).orElse(value);
    if (!found.toUpperCase(Locale.ROOT).equals(value.toUpperCase(Locale.ROOT))) {
      throw json.wrong(key, found, expected);
    }
  }

  private void refuseInitialisation() {
    Optional<JsonNode> value = json.value("init_lora_weights");
    boolean keepsBase =
        value.map(node -> node.isBoolean() || INITIALISATIONS.contains(node.asText())).orElse(true);
    if (!keepsBase) {
      throw json.wrong(
          "init_lora_weights",
          value.orElseThrow(),
          "an initialisation that leaves the base weights as they are; have PEFT convert the adapter"
              + " (save_pretrained with path_initial_model_for_weight_conversion)");
    }
  }

  private void refuseOthers() {
    for (String key : json.keys()) {
      if (!KNOWN.contains(key) && json.value(key).filter(AdapterConfigFile::isOn).isPresent()) {
        throw json.wrong(
            key,
            json.value(key).orElseThrow(),
            "it to be off; Hone does not compute adapters with it");
      }
    }
  }

  private static boolean isOn(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() : !(value.isContainerNode() && value.isEmpty());
  }

  private Set<LinearModule> targetModules() {
    if (json.value(TARGETS).filter(JsonNode::isTextual).isPresent()) {
      String text = json.text(TARGETS);
      if (!text.equals(ALL_LINEAR)) {
        throw json.wrong(TARGETS, text, "a list of linear layers, or " + ALL_LINEAR);
      }
      return EnumSet.allOf(LinearModule.class);
    }
    EnumSet<LinearModule> modules = EnumSet.noneOf(LinearModule.class);
    for (String name : json.texts(TARGETS)) {
      modules.add(
          LinearModule.ofName(name)
              .orElseThrow(
                  () ->
                      new UserException(
                          file
                              + ": "
                              + TARGETS
                              + " has '"
                              + name
                              + "', which is no linear layer of a decoder layer "
                              + Suggestions.suggest(name, LoraConfig.LINEAR_LAYERS))));
    }
    if (modules.isEmpty()) {
      throw json.wrong(TARGETS, new ArrayList<>(modules), "at least one linear layer");
    }
    return modules;
  }

  /** Writes the file, as PEFT reads it. */
  static void write(Path directory, LoraSettings settings, Path base) throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put(BASE, base.toString());
    root.put("bias", "none");
    root.put("fan_in_fan_out", false);
    root.put("inference_mode", true);
    root.put("init_lora_weights", true);
    root.put("lora_alpha", settings.alpha());
    root.put("lora_dropout", settings.dropout());
    root.put("peft_type", "LORA");
    root.put("r", settings.rank());
    settings.moduleNames().forEach(root.putArray(TARGETS)::add);
    root.put("task_type", "CAUSAL_LM");
    root.put("use_dora", false);
    root.put("use_rslora", settings.rankStabilized());
    Files.writeString(
        directory.resolve(NAME),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }
}
