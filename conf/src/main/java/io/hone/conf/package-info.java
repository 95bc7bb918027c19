/**
 * The configuration of a run: what can be set, how it is read and what is wrong with it.
 *
 * <p>Three things live here. The <b>schema</b>, {@link io.hone.conf.RunConfig} and the records it
 * is made of, one for each section of the YAML file. The <b>reader</b>, which turns a file, the
 * presets that it extends and {@code key=value} overrides into a tree that knows the line of every
 * value ({@link io.hone.conf.ConfigLoader}, {@link io.hone.conf.ConfigNode}) and the tree into
 * records ({@link io.hone.conf.ConfigBinder}). And what is <b>told about it</b>: the resolved
 * configuration, its arithmetic and the reference page.
 *
 * <p>Nothing here touches data, checkpoints or Spark, and what only one kind of scorer understands
 * is declared next to that scorer and bound with {@link io.hone.conf.ConfigBinder#bind}.
 */
package io.hone.conf;
