/** Typed configuration: records, YAML, validation, presets. */
package io.hone.conf;
