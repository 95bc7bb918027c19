/**
 * Programs that other people, or a model, wrote, run in processes of their own under limits. The
 * one room of rewards that reads a clock. What a program is worth is the business of the scorer.
 */
package io.hone.executor.reward.code;
