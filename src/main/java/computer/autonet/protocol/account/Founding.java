package computer.autonet.protocol.account;

import computer.autonet.protocol.project.ProjectTerms;

/**
 * An act that founds a project, in whoever's name. An account creates a process in answer to no other, so whoever asks what
 * an act creates, or on what terms, need not know which acts there are.
 */
public sealed interface Founding permits AccountCommand.CreateProject, AccountCommand.CreateProjectUnder {
    ProjectTerms terms();
}
