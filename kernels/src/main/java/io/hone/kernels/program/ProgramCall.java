package io.hone.kernels.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a program: collects inputs, runs, reads outputs, and frees what it made, whatever
 * happens. Not thread-safe.
 */
public final class ProgramCall implements AutoCloseable {
  private final Backend backend;
  private final Program program;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final List<Tensor> owned = new ArrayList<>();
  private Map<String, Tensor> outputs = Map.of();

  /**
   * @param backend device to run on
   * @param program name of the program
   */
  public ProgramCall(Backend backend, String program) {
    this.backend = backend;
    this.program = backend.program(program);
  }

  /** Passes tensors that outlive the call. */
  public ProgramCall with(Map<String, Tensor> tensors) {
    inputs.putAll(tensors);
    return this;
  }

  /** Passes a tensor that outlives the call. */
  public ProgramCall with(String name, Tensor tensor) {
    inputs.put(name, tensor);
    return this;
  }

  /** Passes 32-bit floats. */
  public ProgramCall floats(String name, float[] values, long... shape) {
    return own(name, backend.floats(values, shape));
  }

  /** Passes 64-bit floats. */
  public ProgramCall doubles(String name, double[] values, long... shape) {
    return own(name, backend.doubles(values, shape));
  }

  /** Passes 64-bit integers. */
  public ProgramCall longs(String name, long[] values, long... shape) {
    return own(name, backend.longs(values, shape));
  }

  /** Passes one 64-bit integer. */
  public ProgramCall integer(String name, long value) {
    return longs(name, new long[] {value});
  }

  /** Passes one 64-bit float. */
  public ProgramCall number(String name, double value) {
    return doubles(name, new double[] {value});
  }

  /**
   * Runs the program.
   *
   * @throws ProgramException if it fails
   */
  public ProgramCall run() {
    outputs = program.run(inputs);
    owned.addAll(outputs.values());
    return this;
  }

  /** An output, which lives as long as this call. */
  public Tensor output(String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no output " + name + " in " + outputs.keySet());
    }
    return tensor;
  }

  /** All outputs by name; they live as long as this call. */
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
    owned.clear();
  }

  private ProgramCall own(String name, Tensor tensor) {
    owned.add(tensor);
    inputs.put(name, tensor);
    return this;
  }
}
