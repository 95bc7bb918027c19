package io.hone.conf;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of an option that is not set, written as in YAML.
 *
 * <p>Lists, maps, sections and {@link java.util.Optional} need none: they are empty, or hold their
 * own defaults. Every other component without this annotation is required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  String value();
}
