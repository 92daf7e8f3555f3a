// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs the start on a thread and puts the window where the start page was.
#include "app/windowsession.h"

#include "ui/connection/startpage.h"
#include "ui/mainwindow.h"
#include "ui/shared/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

namespace tallystick {

namespace {

/// A start that takes no longer than this shows no start page at all.
constexpr int startPageDelayMillis = 300;
constexpr QSize startSize(1280, 800);

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WindowSession)
};

QString sentenceFor(const QString& labStep)
{
    if (labStep == QLatin1String("initdb"))
        return Words::tr("Making a private database for this program");
    if (labStep == QLatin1String("start"))
        return Words::tr("Starting the private database server");
    if (labStep == QLatin1String("adopt"))
        return Words::tr("Joining the database server that is running");
    if (labStep == QLatin1String("schema"))
        return Words::tr("Preparing the ledger's tables");
    return labStep;
}

} // namespace

WindowSession::WindowSession(const WindowOptions& options, const Whereabouts& where,
                             Interrupt& interrupt)
    : m_options(options)
    , m_place(where, interrupt)
    , m_startPage(std::make_unique<StartPage>())
{
    m_startPage->resize(startSize);
    QObject::connect(m_startPage.get(), &StartPage::retryRequested, &m_guiThread,
                     [this] { prepare(Beginning::AsItIs); });
    QObject::connect(m_startPage.get(), &StartPage::resetRequested, &m_guiThread,
                     [this] { prepare(Beginning::LabSetAside); });
    QTimer::singleShot(startPageDelayMillis, &m_guiThread, [this] {
        if (m_startPage)
            m_startPage->show();
    });
    prepare(Beginning::AsItIs);
}

WindowSession::~WindowSession() = default;

void WindowSession::prepare(Beginning beginning)
{
    if (const auto sentence = missingDriver()) {
        m_startPage->showMessage(Words::tr("A package is missing"), *sentence);
        return;
    }
    m_startPage->showStep(Words::tr("Looking for the database"));
    m_worker = std::jthread([this, beginning](std::stop_token stop) { work(beginning, stop); });
}

void WindowSession::work(Beginning beginning, const std::stop_token& stop)
{
    const Result<Services> services = ready(beginning, stop);
    if (stop.stop_requested())
        return;
    QMetaObject::invokeMethod(
        &m_guiThread,
        [this, services] {
            if (services) {
                open(*services);
                return;
            }
            m_startPage->show();
            m_startPage->showError(services.error());
        },
        Qt::QueuedConnection);
}

Result<Services> WindowSession::ready(Beginning beginning, const std::stop_token& stop)
{
    if (beginning == Beginning::LabSetAside) {
        tell(Words::tr("Setting the damaged lab aside"));
        if (const auto aside = m_place.labUse().lab().reset(); !aside)
            return aside.error();
    }
    if (const Outcome prepared =
            m_place.prepare([this](const QString& step) { tell(sentenceFor(step)); });
        !prepared)
        return prepared.error();
    if (m_place.isLab()) {
        const auto progress = [this](qint64 done, qint64 planned) {
            tell(Words::tr("Filling in demo customers: %1 of %2 rows")
                     .arg(format::count(done), format::count(planned)),
                 planned > 0 ? double(done) / double(planned) : 0.0);
        };
        if (const Outcome seeded = m_place.seedWhenEmpty(progress, stop); !seeded)
            return seeded.error();
    }
    return m_place.services();
}

void WindowSession::tell(const QString& sentence, std::optional<double> share)
{
    QMetaObject::invokeMethod(
        &m_guiThread,
        [this, sentence, share] {
            if (m_startPage)
                m_startPage->showStep(sentence, share);
        },
        Qt::QueuedConnection);
}

void WindowSession::open(const Services& services)
{
    m_window = std::make_unique<MainWindow>(services);
    if (m_startPage->isVisible())
        m_window->setGeometry(m_startPage->geometry());
    else
        m_window->resize(startSize);
    if (const auto user = UserId::from(m_options.user))
        m_window->openCustomer(*user);
    if (m_options.page == QLatin1String("stress"))
        m_window->showView(MainWindow::View::Stress);
    m_window->show();
    // After the window is there: the last window's closing ends the program.
    m_startPage.reset();
}

} // namespace tallystick
