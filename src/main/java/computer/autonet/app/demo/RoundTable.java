package computer.autonet.app.demo;

import computer.autonet.base.Amount;
import computer.autonet.base.BlobId;
import computer.autonet.base.Identity;
import computer.autonet.port.Trainer;
import computer.autonet.protocol.learning.Parameters;
import computer.autonet.protocol.project.Earning;
import computer.autonet.protocol.project.MemberKey;
import computer.autonet.protocol.project.RoundSummary;
import computer.autonet.protocol.role.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of rounds on the screen, each measured on images that no party of the protocol has seen. */
final class RoundTable {
    /** Gives the accuracy and loss of a published model on the test images. */
    @FunctionalInterface
    interface Test {
        Trainer.Measured measure(Parameters model);
    }

    /** Fetches a published model. */
    @FunctionalInterface
    interface Models {
        byte[] get(BlobId model);
    }

    private final Cast cast;
    private final Screen screen;
    private final Models models;
    private final Test test;

    RoundTable(Cast cast, Screen screen, Models models, Test test) {
        this.cast = cast;
        this.screen = screen;
        this.models = models;
        this.test = test;
    }

    /** Shows attempts until so many rounds are published. */
    List<DemoResult.Round> show(Attempts attempts, int wanted) throws InterruptedException {
        List<DemoResult.Round> rounds = new ArrayList<>();
        screen.line("");
        screen.line("round  accuracy    loss  accepted  rejected  silent  model");
        while (rounds.size() < wanted) {
            Optional<Attempts.Attempt> next = attempts.next();
            if (next.isEmpty()) {
                throw new IllegalStateException(
                        "the project ended after " + rounds.size() + " of " + wanted + " rounds");
            }
            Attempts.Attempt attempt = next.get();
            if (attempt.summary().voided().isPresent()) {
                voided(attempt);
            } else {
                rounds.add(published(attempt));
            }
            earnings(attempt);
        }
        return rounds;
    }

    private void voided(Attempts.Attempt attempt) {
        RoundSummary summary = attempt.summary();
        screen.line(
                "%5d  void, %s, repeated%s",
                summary.round(),
                summary.voided().orElseThrow().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                names(summary.silent()));
    }

    private String names(List<Identity> silent) {
        return silent.isEmpty()
                ? ""
                : " (silent: "
                        + String.join(", ", silent.stream().map(cast::nameOf).toList()) + ")";
    }

    private DemoResult.Round published(Attempts.Attempt attempt) {
        RoundSummary summary = attempt.summary();
        BlobId model = summary.model().orElseThrow();
        Trainer.Measured measured = test.measure(Parameters.decode(models.get(model)));
        screen.line(
                "%5d  %7.2f%%  %6.3f  %8d  %8d  %6d  %s",
                summary.round(),
                100 * measured.accuracy(),
                measured.loss(),
                summary.accepted().size(),
                summary.rejected().size(),
                summary.silent().size(),
                model.hash().brief());
        return new DemoResult.Round(
                summary.round(),
                summary.attempt(),
                measured.accuracy(),
                measured.loss(),
                summary.accepted().size(),
                summary.rejected().size(),
                summary.silent().size(),
                model.toString(),
                attempt.roundOpenedMillis(),
                attempt.endedMillis());
    }

    /** Who earned what, one line per role, and who was charged. */
    private void earnings(Attempts.Attempt attempt) {
        Map<Role, List<String>> paid = new EnumMap<>(Role.class);
        for (Cast.Player player : cast.players()) {
            Amount amount = Amount.ZERO;
            for (Earning earning : attempt.earnings()) {
                if (earning.member().equals(new MemberKey(player.role(), player.identity()))) {
                    amount = amount.plus(earning.amount());
                }
            }
            if (!attempt.earnings().isEmpty()) {
                paid.computeIfAbsent(player.role(), role -> new ArrayList<>()).add(brief(amount));
            }
        }
        List<String> parts = new ArrayList<>();
        paid.forEach((role, amounts) ->
                parts.add(role.label() + (amounts.size() > 1 ? "s " : " ") + String.join(" ", amounts)));
        if (!parts.isEmpty()) {
            screen.detail("  paid: %s", String.join(", ", parts));
        }
        attempt.charges()
                .forEach((member, amount) ->
                        screen.detail("  %s is charged %s ATN", cast.nameOf(member.identity()), amount));
    }

    private static String brief(Amount amount) {
        return String.format(Locale.ROOT, "%.0f", Double.parseDouble(amount.toString()));
    }
}
