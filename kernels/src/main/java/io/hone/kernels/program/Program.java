package io.hone.kernels.program;

import java.util.Map;

/**
 * A piece of work on a device: named tensors in, named tensors out. Programs keep nothing between
 * runs.
 */
public interface Program {

  /**
   * Runs the program on the calling thread.
   *
   * @param inputs tensors of this program's device by name; those that the program documents as
   *     such are changed in place
   * @return tensors by name, to be closed by the caller
   * @throws ProgramException if the program fails: a missing input, a wrong shape, no memory
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);
}
