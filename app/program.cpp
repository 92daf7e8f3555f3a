// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads the command line, makes the right kind of application and runs the verb.
#include "app/program.h"

#include "app/commands.h"
#include "app/graphics.h"
#include "app/messages.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringDecoder>

#include <clocale>
#include <csignal>
#include <cstring>

#include <langinfo.h>

namespace tallystick {

namespace {

/// Ids hold any language: the program speaks UTF-8 whatever the locale says, and Qt shall not
/// warn about the locale on every start.
void useUtf8()
{
    std::setlocale(LC_CTYPE, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

std::variant<QStringList, WrongUsage> decoded(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder.decode(QByteArrayView(argv[i]));
        if (decoder.hasError())
            return WrongUsage{QStringLiteral("Argument %1 is not valid UTF-8.").arg(i),
                              hintOf(QString())};
        arguments << text;
    }
    return arguments;
}

ExitCode complain(Console& console, const WrongUsage& wrong)
{
    console.say(QStringLiteral("tallystick: %1\n\n%2").arg(wrong.sentence, wrong.usage.trimmed()));
    return ExitCode::WrongUsage;
}

ExitCode runParsed(int argc, char** argv, const Options& options, Console& console)
{
    if (const auto* help = std::get_if<HelpOptions>(&options.verb)) {
        console.printRaw(usageOf(help->words).toUtf8());
        return ExitCode::Done;
    }
    if (std::holds_alternative<VersionOptions>(options.verb)) {
        console.print(QStringLiteral("tallystick " TALLYSTICK_VERSION));
        return ExitCode::Done;
    }
    QCoreApplication::setApplicationName(QStringLiteral("tallystick"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TALLYSTICK_VERSION));
    const auto where = [&options] {
        return whereabouts(options, qEnvironmentVariable("TALLYSTICK_CONNECTION"));
    };
    const Arguments arguments{argc, argv};
    if (const auto* window = std::get_if<WindowOptions>(&options.verb))
        return runWindow(*window, where, arguments, console);
    // Before the application and its threads, so that none of them takes the signals.
    Interrupt interrupt([&console] {
        console.say(QStringLiteral("Stopping after the step under way; a second signal ends it at "
                                   "once."));
    });
    if (const auto* pictures = std::get_if<PicturesOptions>(&options.verb))
        return runPictures(*pictures, where, arguments, interrupt, console);
    const QCoreApplication application(argc, argv);
    return runVerb(options, where(), interrupt, console);
}

} // namespace

int runProgram(int argc, char** argv)
{
    useUtf8();
    std::signal(SIGPIPE, SIG_IGN); // a reader such as head may go; the lab is still to be stopped
    leaveOutDriverRemarks();
    Console console(stdout, stderr);
    const auto arguments = decoded(argc, argv);
    if (const auto* wrong = std::get_if<WrongUsage>(&arguments))
        return int(complain(console, *wrong));
    const auto parsed = parseOptions(std::get<QStringList>(arguments));
    if (const auto* wrong = std::get_if<WrongUsage>(&parsed))
        return int(complain(console, *wrong));
    const ExitCode exitCode = runParsed(argc, argv, std::get<Options>(parsed), console);
    if (console.isIntact())
        return int(exitCode);
    console.say(QStringLiteral("The result could not be written to standard output."));
    return int(exitCode == ExitCode::Done ? ExitCode::Failed : exitCode);
}

} // namespace tallystick
