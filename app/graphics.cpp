// SPDX-License-Identifier: GPL-3.0-or-later
//! Applications with a display, or drawing without one.
#include "app/graphics.h"

#include "app/answers.h"
#include "app/commands.h"
#include "app/display.h"
#include "app/reportfiles.h"
#include "app/windowsession.h"
#include "ui/pictures.h"
#include "ui/shared/icons.h"
#include "ui/shared/theme.h"

#include <QtWidgets/QApplication>

namespace tallystick {

ExitCode runWindow(const WindowOptions& options, const Where& where, Arguments arguments,
                   Console& console)
{
    if (const auto sentence = missingDisplay()) {
        console.say(QStringLiteral("%1\nThe verbs work without one: tallystick --help")
                        .arg(printable(*sentence)));
        return ExitCode::Failed;
    }
    // Before the application and its threads, so that none of them takes the signals.
    Interrupt interrupt([] {
        // Queued: asked for before the event loop runs, quitting would be forgotten.
        if (QCoreApplication* const running = QCoreApplication::instance())
            QMetaObject::invokeMethod(running, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QApplication application(arguments.count, arguments.values);
    QApplication::setDesktopFileName(QStringLiteral("org.tallystick.tallystick"));
    QApplication::setWindowIcon(icons::programIcon());
    theme::apply(application, theme::systemScheme());
    const WindowSession session(options, where(), interrupt);
    if (interrupt.token().stop_requested())
        return ExitCode::Done;
    return QApplication::exec() == 0 ? ExitCode::Done : ExitCode::Failed;
}

ExitCode runPictures(const PicturesOptions& options, const Where& where, Arguments arguments,
                     Interrupt& interrupt, Console& console)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(arguments.count, arguments.values);
    const AnswerContext context{.doing = words::Doing::Writing, .json = false, .facts = {}};
    if (const Outcome writable = madeWritable(options.output); !writable)
        return answerError(console, writable.error(), context);
    Place place(where(), interrupt);
    if (const auto exitCode = prepared(place, false, console))
        return *exitCode;
    if (place.isLab())
        if (const Outcome seeded = place.seedWhenEmpty([](qint64, qint64) {}, place.stopToken());
            !seeded)
            return answerError(console, seeded.error(), context);
    const Result<Services> services = place.services();
    if (!services)
        return answerError(console, services.error(), context);
    const Result<QStringList> files =
        renderPictures(application, *services,
                       {.outputDirectory = options.output,
                        .scheme = options.isDark ? theme::Scheme::Dark : theme::Scheme::Light,
                        .size = QSize(options.width, options.height),
                        .scale = double(options.scale)});
    if (!files)
        return answerError(console, files.error(), context);
    for (const QString& file : *files)
        console.print(file);
    return ExitCode::Done;
}

} // namespace tallystick
