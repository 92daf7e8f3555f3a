// SPDX-License-Identifier: GPL-3.0-or-later
//! Joins the pages, the keys and the theme.
#include "ui/mainwindow.h"

#include "ui/connection/environmentbar.h"
#include "ui/history/customerpage.h"
#include "ui/shared/icons.h"
#include "ui/shared/rail.h"
#include "ui/stress/stresspanel.h"
#include "ui/users/customerspage.h"
#include "ui/users/customerspanel.h"

#include <QtGui/QCloseEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

namespace tallystick {

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_desks(m_services,
              [this](const std::optional<Failure>& loss) {
                  QMetaObject::invokeMethod(
                      this, [this, loss] { takeHealth(loss); }, Qt::QueuedConnection);
              })
    , m_bar(new EnvironmentBar(services.environment, services.placeName))
    , m_rail(new Rail)
    , m_views(new QStackedWidget)
    , m_customers(new CustomersPage(m_desks, services.operatorName))
    , m_stress(new StressPanel(services))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(icons::programIcon());
    setMinimumSize(1024, 700);
    resize(1360, 860);
    lay();
    makeShortcuts();
    connect(m_customers, &CustomersPage::currentChanged, this, &MainWindow::nameWindow);
    showView(View::Customers);
    askServer();
    m_customers->list()->focusSearch();
}

MainWindow::~MainWindow()
{
    // Before the desks they ask at, which as members would go first.
    delete m_views;
}

void MainWindow::lay()
{
    m_rail->addPage({.iconName = QStringLiteral("customers"),
                     .text = tr("Customers"),
                     .objectName = QStringLiteral("railCustomers"),
                     .toolTip = tr("Customers (Ctrl+1)")});
    m_rail->addPage({.iconName = QStringLiteral("stress"),
                     .text = tr("Stress"),
                     .objectName = QStringLiteral("railStress"),
                     .toolTip = tr("Stress (Ctrl+2)")});
    QToolButton* refresh = m_rail->addAction({.iconName = QStringLiteral("refresh"),
                                              .text = tr("Refresh"),
                                              .objectName = QStringLiteral("railRefresh"),
                                              .toolTip = tr("Read everything again (F5)")});
    m_theme = m_rail->addAction({.iconName = QStringLiteral("moon"),
                                 .text = tr("Theme"),
                                 .objectName = QStringLiteral("railTheme"),
                                 .toolTip = tr("Light or dark (Ctrl+T)")});
    tintThemeButton();
    connect(refresh, &QToolButton::clicked, this, &MainWindow::reload);
    connect(m_theme, &QToolButton::clicked, this, &MainWindow::switchTheme);
    connect(m_rail, &Rail::pageChosen, this, [this](int index) { showView(View(index)); });

    m_views->addWidget(m_customers);
    m_views->addWidget(m_stress);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_views, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addLayout(row, 1);
}

void MainWindow::makeShortcuts()
{
    const auto on = [this](const QKeySequence& keys, auto&& act) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, act);
    };
    on(QKeySequence(tr("Ctrl+K")), [this] {
        showView(View::Customers);
        m_customers->list()->focusSearch();
    });
    on(QKeySequence(QKeySequence::Find), [this] {
        if (m_views->currentWidget() == m_stress)
            m_stress->focusSearch();
        else
            m_customers->list()->focusSearch();
    });
    on(QKeySequence(Qt::Key_F5), [this] { reload(); });
    on(QKeySequence(tr("Ctrl+R")), [this] { reload(); });
    on(QKeySequence(Qt::Key_F7), [this] { m_customers->verify(); });
    on(QKeySequence(tr("Ctrl+1")), [this] { showView(View::Customers); });
    on(QKeySequence(tr("Ctrl+2")), [this] { showView(View::Stress); });
    on(QKeySequence(tr("Ctrl+W")), [this] { m_customers->closeCurrent(); });
    on(QKeySequence(tr("Ctrl+T")), [this] { switchTheme(); });
    on(QKeySequence(QKeySequence::Quit), [this] { close(); });
}

void MainWindow::showView(View view)
{
    m_views->setCurrentIndex(int(view));
    m_rail->setCurrent(int(view));
    nameWindow();
}

void MainWindow::openCustomer(const UserId& id)
{
    showView(View::Customers);
    m_customers->open(User{.id = id});
}

void MainWindow::askServer()
{
    // The rights that count are those of the sessions that post, where there are any.
    Desk& asked = m_desks.mayPost ? m_desks.post : m_desks.browse;
    m_serverQuestion.ask(
        asked.ask([](Ledger& ledger) { return ledger.server(); }, Desk::Repeat::Once),
        [this](Result<ServerFacts> facts) {
            m_bar->show(facts);
            emit serverKnown();
        });
}

void MainWindow::takeHealth(const std::optional<Failure>& loss)
{
    if (loss) {
        m_isLost = true;
        m_bar->show(*loss);
    } else if (std::exchange(m_isLost, false)) {
        askServer(); // it may have come back as another, or without the right to write
    }
}

void MainWindow::reload()
{
    askServer();
    m_customers->reload();
}

void MainWindow::switchTheme()
{
    auto* application = qobject_cast<QApplication*>(QCoreApplication::instance());
    const bool isDark = theme::schemeOf(palette()) == theme::Scheme::Dark;
    theme::apply(*application, isDark ? theme::Scheme::Light : theme::Scheme::Dark);
    tintThemeButton();
}

void MainWindow::tintThemeButton()
{
    const bool isDark = theme::schemeOf(QApplication::palette()) == theme::Scheme::Dark;
    m_theme->setIcon(icons::icon(isDark ? QStringLiteral("sun") : QStringLiteral("moon"),
                                 theme::Role::Secondary));
}

void MainWindow::nameWindow()
{
    QString subject = tr("Customers");
    if (m_views->currentWidget() == m_stress)
        subject = tr("Stress");
    else if (const CustomerPage* page = m_customers->current())
        subject = page->user().email.isEmpty() ? page->user().id.text() : page->user().email;
    setWindowTitle(QStringLiteral("%1 – %2 [%3] – Tallystick")
                       .arg(subject, m_services.placeName, word(m_services.environment)));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    // A posting on its way or in doubt is seen to its end, or closed knowingly, first.
    if (m_customers->showBusy()) {
        showView(View::Customers);
        event->ignore();
        return;
    }
    event->accept();
}

} // namespace tallystick
