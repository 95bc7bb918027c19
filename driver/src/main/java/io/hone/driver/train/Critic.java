package io.hone.driver.train;

import io.hone.driver.exchange.Exchange;

/**
 * A critic of its own, beside the policy.
 *
 * @param exchange what trains and publishes it
 * @param checkpoints how it is kept
 */
record Critic(Exchange exchange, TrainingCheckpoints checkpoints) implements AutoCloseable {
  @Override
  public void close() {
    exchange.close();
  }
}
