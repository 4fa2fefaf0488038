/// Content-addressed store of everything large: documents, prompts, raw requests and responses.
@NullMarked
package dev.acm2.artifactstore;

import org.jspecify.annotations.NullMarked;
