// SPDX-License-Identifier: GPL-3.0-or-later
//! Drives a real window from view to view and takes its picture.
#include "ui/pictures.h"

#include "ui/connection/startpage.h"
#include "ui/history/customerpage.h"
#include "ui/history/statementpanel.h"
#include "ui/mainwindow.h"
#include "ui/posting/postingpanel.h"
#include "ui/posting/postingwords.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/stateview.h"
#include "ui/stress/runview.h"
#include "ui/stress/stresspanel.h"
#include "ui/users/customerspage.h"
#include "ui/users/customerspanel.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtGui/QImage>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTabBar>

#include <chrono>

namespace tallystick {

using namespace std::chrono_literals;

namespace {

/// Lets the window work until \a isDone, at most \a limit.
bool letWorkUntil(const std::function<bool()>& isDone, std::chrono::milliseconds limit = 15s)
{
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    while (!isDone()) {
        if (clock.elapsed() > limit.count())
            return false;
        loop.processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
    return true;
}

void letWorkFor(std::chrono::milliseconds time)
{
    QElapsedTimer clock;
    clock.start();
    letWorkUntil([&] { return clock.elapsed() >= time.count(); });
}

class Album final
{
public:
    explicit Album(const PictureOptions& options)
        : m_options(options)
    {
    }

    void take(QWidget& window, const QString& name)
    {
        letWorkFor(60ms); // layouts and repaints that were asked for
        QImage image(m_options.size * m_options.scale, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(m_options.scale);
        image.fill(window.palette().color(QPalette::Window));
        window.render(&image);
        const QString theme = m_options.scheme == theme::Scheme::Dark ? QStringLiteral("dark")
                                                                      : QStringLiteral("light");
        const QString path =
            QDir(m_options.outputDirectory).filePath(QStringLiteral("%1-%2.png").arg(name, theme));
        if (image.save(path))
            m_paths << path;
        else
            m_failed = path;
    }

    [[nodiscard]] Result<QStringList> paths() const
    {
        if (m_failed.isEmpty())
            return m_paths;
        return Failure{.kind = Failure::Kind::FileTrouble, .text = m_failed};
    }

private:
    const PictureOptions& m_options;
    QStringList m_paths;
    QString m_failed;
};

/// The window with what the single pictures need of it.
class Sitting final
{
public:
    Sitting(const Services& services, const PictureOptions& options, Album& album)
        : m_album(album)
        , m_window(services)
    {
        m_window.setAttribute(Qt::WA_DontShowOnScreen);
        m_window.resize(options.size);
        m_window.show();
    }

    [[nodiscard]] bool isListed()
    {
        return letWorkUntil([this] {
            const StateView::State state = list().states()->state();
            return state != StateView::State::Loading;
        });
    }

    void takeCustomers()
    {
        m_album.take(m_window, QStringLiteral("customers"));
        list().search(QStringLiteral("nobody of this name"));
        (void)isListed();
        m_album.take(m_window, QStringLiteral("customers-empty"));
    }

    /// The page of the first customer a search finds.
    CustomerPage* openFirst(const QString& search)
    {
        list().search(search);
        if (!isListed() || list().table()->model()->rowCount() == 0)
            return nullptr;
        emit list().table()->rowChosen(list().table()->model()->index(0, 0));
        CustomerPage* page = m_window.customers()->current();
        letWorkUntil([page] {
            return page->verdict() &&
                   page->statement()->states()->state() == StateView::State::Content;
        });
        return page;
    }

    void takeCustomer()
    {
        if (!openFirst({}))
            return;
        m_album.take(m_window, QStringLiteral("customer"));
    }

    void takeFaulty()
    {
        if (!openFirst(QStringLiteral("Crime")))
            return;
        m_album.take(m_window, QStringLiteral("customer-not-verified"));
        m_window.customers()->closeCurrent();
    }

    void takeForms()
    {
        CustomerPage* page = m_window.customers()->current();
        if (!page)
            return;
        const Credits balance = page->user().balance;
        const QString ceiling = format::amount(balance.plus(Credits::of(300)).value_or(balance));
        for (const PostingKind kind : allPostingKinds) {
            fillForm(*page, kind, QStringLiteral("8.00"), ceiling);
            m_album.take(m_window, QStringLiteral("form-") + words::iconName(kind));
        }
        fillForm(*page, PostingKind::TopUp, QStringLiteral("8.00"), QStringLiteral("0.01"));
        m_album.take(m_window, QStringLiteral("form-refused"));
        takeReceipt(*page);
    }

    /// What a row's details look like where they have to be asked for.
    void takeDetails()
    {
        CustomerPage* page = m_window.customers()->current();
        if (!page)
            return;
        HairlineTable* table = page->statement()->table();
        table->setCurrentIndex(table->model()->index(table->model()->rowCount() > 3 ? 3 : 0, 0));
        m_album.take(m_window, QStringLiteral("customer-details"));
    }

    void takeStress(const Services& services)
    {
        m_window.showView(MainWindow::View::Stress);
        m_album.take(m_window, QStringLiteral("stress"));
        StressPanel& stress = *m_window.stress();
        takeUndecided();
        if (!services.bench || !stress.run(QStringLiteral("hot-customer")))
            return;
        letWorkUntil([&stress] { return !stress.isRunning(); }, 6s);
        m_album.take(m_window, QStringLiteral("stress-running"));
        stress.stop();
        waitForVerdict();
        m_album.take(m_window, QStringLiteral("stress-stopped"));
        takePage("stress-numbers", RunView::Page::Numbers);
        if (stress.run(QStringLiteral("multiple-spends"))) {
            waitForVerdict();
            m_album.take(m_window, QStringLiteral("stress-finished"));
            takePage("stress-checks", RunView::Page::Checks);
        }
        if (stress.runControl(QStringLiteral("concurrent-spends"))) {
            waitForVerdict();
            m_album.take(m_window, QStringLiteral("stress-violated"));
            takePage("stress-rows", RunView::Page::Rows);
        }
    }

    void takeAsIs(const QString& name) { m_album.take(m_window, name); }

private:
    void waitForVerdict()
    {
        letWorkUntil([this] { return !m_window.stress()->isRunning(); }, 120s);
        letWorkFor(400ms);
    }

    /// Of the run shown; nothing where the window has no such page now.
    void takePage(const char* name, RunView::Page page)
    {
        auto* tabs = m_window.stress()->findChild<QTabBar*>(QStringLiteral("stressTabs"));
        const int before = tabs->currentIndex();
        if (!tabs->isTabVisible(int(page)))
            return;
        tabs->setCurrentIndex(int(page));
        m_album.take(m_window, QLatin1String(name));
        tabs->setCurrentIndex(before);
    }

    /// As if the server had gone at the end; a picture is no reason to take one down.
    void takeUndecided()
    {
        Report report;
        report.scenario = builtinScenarios().value(0);
        report.verdict = Verdict::Unknown;
        report.live.phase = LiveSnapshot::Phase::Finished;
        report.live.outcomes.unknown = report.scenario.operations.value_or(1);
        for (int number = 1; number <= 10; ++number)
            report.invariants.append(
                {.id = QStringLiteral("R%1").arg(number),
                 .name = {},
                 .validity = Validity::Unknown,
                 .examples = {
                     {.expected = {}, .found = {}, .what = QStringLiteral("noSnapshot")}}});
        m_window.stress()->showReport(report);
        m_album.take(m_window, QStringLiteral("stress-unknown"));
    }

    CustomersPanel& list() { return *m_window.customers()->list(); }

    void fillForm(CustomerPage& page, PostingKind kind, const QString& amount,
                  const QString& ceiling)
    {
        page.openForm(kind);
        PostingForm* form = page.posting()->form();
        bool isPreviewed = false;
        QObject::connect(form, &PostingForm::previewShown, form,
                         [&isPreviewed] { isPreviewed = true; });
        const auto type = [form](const char* field, const QString& text) {
            if (auto* edit = form->findChild<QLineEdit*>(QLatin1String(field)))
                edit->setText(text);
        };
        type("postingCeiling", ceiling);
        type("postingStep", QStringLiteral("WELCOME_BACK"));
        type("postingReason", QStringLiteral("Goodwill for the outage on Tuesday"));
        type("postingAmount", amount);
        letWorkUntil([&isPreviewed] { return isPreviewed; }, 5s);
        // The form outlives this function, the flag does not.
        QObject::disconnect(form, &PostingForm::previewShown, form, nullptr);
    }

    /// Shown as if posted; a picture is no reason to write into a ledger.
    void takeReceipt(CustomerPage& page)
    {
        page.openForm(PostingKind::TopUp);
        letWorkUntil([&page] { return page.verdict().has_value(); });
        const Credits balance = page.user().balance;
        const Credits applied = Credits::of(300);
        const qint64 rows = page.verdict() ? page.verdict()->rowsChecked : 0;
        emit page.posting()->form()->posted({.key = page.posting()->form()->key(),
                                             .requested = Credits::of(800),
                                             .applied = applied,
                                             .balance = balance.plus(applied).value_or(balance),
                                             .at = Instant::now(),
                                             .sequence = rows + 1,
                                             .clamp = Clamp::Ceiling});
        letWorkUntil([&page] { return page.verdict().has_value(); });
        m_album.take(m_window, QStringLiteral("receipt"));
    }

    Album& m_album;
    MainWindow m_window;
};

void takeStart(const PictureOptions& options, Album& album)
{
    StartPage page;
    page.setAttribute(Qt::WA_DontShowOnScreen);
    page.resize(options.size);
    page.show();
    page.showStep(QStringLiteral("Filling the lab with demo customers"), 0.4);
    album.take(page, QStringLiteral("start"));
    page.showError(Failure{.kind = Failure::Kind::LabDamaged,
                           .statement = QStringLiteral("initdb"),
                           .text = QStringLiteral("the directory exists but is not empty")});
    album.take(page, QStringLiteral("start-error"));
}

void takeError(const Services& services, const PictureOptions& options, Album& album)
{
    Services broken = services;
    const Failure failure{.kind = Failure::Kind::Unreachable,
                          .sqlState = QStringLiteral("08006"),
                          .statement = QStringLiteral("connect"),
                          .text = QStringLiteral("could not connect to server: "
                                                 "Connection refused")};
    broken.reader = [failure]() -> Result<std::unique_ptr<Ledger>> { return failure; };
    Sitting sitting(broken, options, album);
    (void)sitting.isListed();
    sitting.takeAsIs(QStringLiteral("customers-error"));
}

} // namespace

Result<QStringList> renderPictures(QApplication& application, const Services& services,
                                   const PictureOptions& options)
{
    if (!QDir().mkpath(options.outputDirectory))
        return Failure{.kind = Failure::Kind::FileTrouble, .text = options.outputDirectory};
    theme::apply(application, options.scheme);
    Album album(options);
    {
        Sitting sitting(services, options, album);
        if (!sitting.isListed())
            return Failure{.kind = Failure::Kind::TimedOut, .statement = QStringLiteral("users")};
        sitting.takeCustomers();
        sitting.takeFaulty();
        sitting.takeCustomer();
        sitting.takeDetails();
        sitting.takeForms();
        sitting.takeStress(services);
    }
    takeError(services, options, album);
    takeStart(options, album);
    return album.paths();
}

} // namespace tallystick
