package io.hone.kernels.model;

/**
 * The arithmetic of one update, the same for every element: the algorithm of Loshchilov and Hutter
 * with PyTorch's order of operations in the denominator, in single precision.
 *
 * @param scale factor of the gradient, at most 1
 * @param beta1 decay of the first moment
 * @param gain1 what the first moment takes of the gradient, 1 - beta1
 * @param beta2 decay of the second moment
 * @param gain2 what the second moment takes of the squared gradient, 1 - beta2
 * @param correction root of the bias correction of the second moment
 * @param epsilon added to the root of the second moment
 * @param stepSize learning rate over the bias correction of the first moment
 * @param kept factor of weights that decay
 */
record AdamWPass(
    float scale,
    float beta1,
    float gain1,
    float beta2,
    float gain2,
    float correction,
    float epsilon,
    float stepSize,
    float kept) {

  static AdamWPass of(AdamWSettings settings, double scale, AdamW.Step step) {
    return new AdamWPass(
        (float) scale,
        (float) settings.beta1(),
        (float) (1 - settings.beta1()),
        (float) settings.beta2(),
        (float) (1 - settings.beta2()),
        (float) Math.sqrt(1 - StrictMath.pow(settings.beta2(), step.update())),
        (float) settings.epsilon(),
        (float) (step.learningRate() / (1 - StrictMath.pow(settings.beta1(), step.update()))),
        (float) (1 - step.learningRate() * settings.weightDecay()));
  }

  /** Writes the elements from start to before end of the next chunk. */
  void update(
      AdamWChunk chunk, float[] gradient, AdamWChunk next, int start, int end, boolean decays) {
    update(
        chunk.weights(),
        chunk.firstMoment(),
        chunk.secondMoment(),
        gradient,
        next.weights(),
        next.firstMoment(),
        next.secondMoment(),
        start,
        end,
        decays ? kept : 1);
  }

  /** Arrays and constants in variables: a loop that the compiler makes vector instructions of. */
  private void update(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradient,
      float[] nextWeights,
      float[] nextFirst,
      float[] nextSecond,
      int start,
      int end,
      float factor) {
    float scale = this.scale;
    float beta1 = this.beta1;
    float gain1 = this.gain1;
    float beta2 = this.beta2;
    float gain2 = this.gain2;
    float correction = this.correction;
    float epsilon = this.epsilon;
    float stepSize = this.stepSize;
    for (int i = start; i < end; i++) {
      float g = gradient[i] * scale;
      float m = beta1 * first[i] + gain1 * g;
      float v = beta2 * second[i] + gain2 * (g * g);
      nextFirst[i] = m;
      nextSecond[i] = v;
      float denominator = (float) Math.sqrt(v) / correction + epsilon;
      nextWeights[i] = weights[i] * factor - stepSize * m / denominator;
    }
  }
}
