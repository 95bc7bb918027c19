/**
 * The synthetic task of {@code hone quickstart}: its model and its data, made on the spot. How they
 * are trained is in the recipes {@code quickstart-warm-start} and {@code quickstart}.
 */
package io.hone.jobs.quickstart;
