/** What runs inside a Spark task: rollout, score, advantage, gradient. */
package io.hone.executor;
