# What Java may run: each takes and returns tensors by name, and keeps nothing.

class Programs(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def write(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.flat.write(inputs)

  def read(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.flat.read(inputs)

  def generate(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.generate.run(inputs)

  def token_logprobs(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.logprobs.token_logprobs(inputs)

  def token_values(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.value_head.token_values(inputs)

  def lora_merge(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.lora.merge(inputs)

  def policy_gradient(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.policy_gradient.run(inputs)

  def logits_loss(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.policy_gradient.evaluate(inputs)

  def policy_loss(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.policy_loss.evaluate(inputs)

  def value_loss(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.value_loss.evaluate(inputs)

  def preference_loss(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.preference.evaluate(inputs)

  def bradley_terry(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.preference.evaluate_bradley_terry(inputs)

  def sampling_probabilities(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.sampling.probabilities(inputs)

  def sample(self: __torch__.programs.Programs, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    return __torch__.sampling.sample(inputs)

