package dev.acm2.contract;

import java.util.List;

/// What a call sends: the instructions, then the inputs, each by reference.
public record Prompt(ArtifactRef instructions, List<ArtifactRef> inputs) {}
