// SPDX-License-Identifier: GPL-3.0-or-later
//! Leads a verb's options to its function.
#include "app/commands.h"

#include "app/answers.h"

namespace tallystick {

namespace {

struct Dispatch
{
    const Whereabouts& where;
    Interrupt& interrupt;
    Console& console;

    /// For verbs that prepare the place themselves, once they have looked at what they were given.
    template <class Options>
    ExitCode onPlace(const Options& options,
                     ExitCode (*verb)(const Options&, Place&, Console&)) const
    {
        Place place(where, interrupt);
        return verb(options, place, console);
    }
    template <class Options>
    ExitCode placed(const Options& options, bool json,
                    ExitCode (*verb)(const Options&, Place&, Console&)) const
    {
        Place place(where, interrupt);
        if (const auto exitCode = prepared(place, json, console))
            return *exitCode;
        return verb(options, place, console);
    }

    ExitCode operator()(const LabOptions& options) const
    {
        if (options.action != LabAction::Start)
            return runLab(options, where, console);
        // The lab is meant, whatever database the environment names.
        Place place({.uri = {}, .labDirectory = where.labDirectory}, interrupt);
        return runLabStart(options, place, console);
    }
    ExitCode operator()(const SeedOptions& options) const
    {
        return placed(options, options.json, runSeed);
    }
    ExitCode operator()(const MarkOptions& options) const { return onPlace(options, runMark); }
    ExitCode operator()(const UsersOptions& options) const
    {
        return placed(options, options.json, runUsers);
    }
    ExitCode operator()(const UserCreateOptions& options) const
    {
        return placed(options, options.json, runUserCreate);
    }
    ExitCode operator()(const UserShowOptions& options) const
    {
        return placed(options, options.json, runUserShow);
    }
    ExitCode operator()(const HistoryOptions& options) const
    {
        return placed(options, options.format == Format::Json, runHistory);
    }
    ExitCode operator()(const BalanceOptions& options) const
    {
        return placed(options, options.json, runBalance);
    }
    ExitCode operator()(const VerifyOptions& options) const
    {
        return placed(options, options.json, runVerify);
    }
    ExitCode operator()(const PostingOptions& options) const
    {
        return placed(options, options.json, runPosting);
    }
    ExitCode operator()(const StressListOptions& options) const
    {
        return runStressList(options, console);
    }
    ExitCode operator()(const StressSchemaOptions&) const { return runStressSchema(console); }
    ExitCode operator()(const StressRunOptions& options) const
    {
        return onPlace(options, runStress);
    }
    ExitCode operator()(const StressSuiteOptions& options) const
    {
        return onPlace(options, runStressSuite);
    }
    ExitCode operator()(const StressControlsOptions& options) const
    {
        return onPlace(options, runStressControls);
    }
    ExitCode operator()(const StressCompareOptions& options) const
    {
        return runStressCompare(options, console);
    }
    template <class NoConsoleVerb>
    ExitCode operator()(const NoConsoleVerb&) const
    {
        Q_UNREACHABLE();
    }
};

} // namespace

std::optional<ExitCode> prepared(Place& place, bool json, Console& console)
{
    if (const auto sentence = missingDriver()) {
        console.say(*sentence);
        return ExitCode::Failed;
    }
    const Outcome outcome = place.prepare([&console](const QString& step) {
        console.progress(QStringLiteral("The lab: %1").arg(step));
    });
    console.endProgress();
    if (outcome)
        return std::nullopt;
    return answerError(console, outcome.error(),
                       {.doing = words::Doing::Reading, .json = json, .facts = {}});
}

ExitCode runVerb(const Options& options, const Whereabouts& where, Interrupt& interrupt,
                 Console& console)
{
    return std::visit(Dispatch{where, interrupt, console}, options.verb);
}

} // namespace tallystick
