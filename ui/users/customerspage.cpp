// SPDX-License-Identifier: GPL-3.0-or-later
//! Opens, finds and closes customers' tabs.
#include "ui/users/customerspage.h"

#include "ui/history/customerpage.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/theme.h"
#include "ui/users/customerspanel.h"

#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace tallystick {

namespace {

constexpr int mostTabs = 12;
constexpr int narrowestList = 308;
constexpr int widestList = 372;

QString titleOf(const User& user)
{
    return QString(user.email.isEmpty() ? user.id.text() : user.email)
        .replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

CustomersPage::CustomersPage(Desks& desks, const QString& operatorName, QWidget* parent)
    : QSplitter(parent)
    , m_desks(desks)
    , m_operatorName(operatorName)
    , m_list(new CustomersPanel(desks.browse))
    , m_tabs(new QTabWidget)
    , m_centre(new QStackedWidget)
{
    m_tabs->setObjectName(QStringLiteral("customerTabs"));
    m_tabs->setAccessibleName(tr("Opened customers"));
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setAccessibleName(tr("Opened customers"));
    auto* empty = new EmptyState;
    empty->setAutoFillBackground(true);
    empty->setBackgroundRole(QPalette::Base);
    empty->show({.iconName = QStringLiteral("customers"),
                 .title = tr("Choose a customer"),
                 .sentence = tr("Find one with Ctrl+K, or pick one from the list, to see the "
                                "balance and the proof that it is right.")});
    m_centre->addWidget(empty);
    m_centre->addWidget(m_tabs);
    m_list->setMinimumWidth(narrowestList - 30);
    setChildrenCollapsible(false);
    addWidget(m_list);
    addWidget(m_centre);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);

    connect(this, &QSplitter::splitterMoved, this, [this] { m_isMoved = true; });
    connect(m_list, &CustomersPanel::customerChosen, this, &CustomersPage::open);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &CustomersPage::close);
    connect(m_tabs, &QTabWidget::currentChanged, this, &CustomersPage::currentChanged);
    m_list->reload();
}

void CustomersPage::resizeEvent(QResizeEvent* event)
{
    QSplitter::resizeEvent(event);
    if (m_isMoved)
        return;
    const int list = std::clamp(width() / 4, narrowestList, widestList);
    setSizes({list, width() - list});
}

CustomerPage* CustomersPage::pageAt(int index) const
{
    return qobject_cast<CustomerPage*>(m_tabs->widget(index));
}

CustomerPage* CustomersPage::current() const
{
    return pageAt(m_tabs->currentIndex());
}

void CustomersPage::open(const User& user)
{
    m_centre->setCurrentWidget(m_tabs);
    for (int index = 0; index < m_tabs->count(); ++index)
        if (pageAt(index)->user().id == user.id) {
            m_tabs->setCurrentIndex(index);
            return;
        }
    makeRoom();
    auto* page = new CustomerPage(m_desks, user, m_operatorName);
    connect(page, &CustomerPage::userLearnt, this, [this, page](const User& known) {
        m_tabs->setTabText(m_tabs->indexOf(page), titleOf(known));
        m_list->refresh(known);
        emit currentChanged();
    });
    m_tabs->setCurrentIndex(m_tabs->addTab(page, titleOf(user)));
}

void CustomersPage::makeRoom()
{
    for (int index = 0; m_tabs->count() >= mostTabs && index < m_tabs->count(); ++index)
        if (!pageAt(index)->isBusy()) {
            close(index);
            return;
        }
}

void CustomersPage::reload()
{
    m_list->reload();
    if (CustomerPage* page = current())
        page->reload();
}

void CustomersPage::verify()
{
    if (CustomerPage* page = current())
        page->verify();
}

bool CustomersPage::showBusy()
{
    for (int index = 0; index < m_tabs->count(); ++index)
        if (pageAt(index)->isBusy()) {
            m_tabs->setCurrentIndex(index);
            return true;
        }
    return false;
}

void CustomersPage::closeCurrent()
{
    close(m_tabs->currentIndex());
}

void CustomersPage::close(int index)
{
    CustomerPage* page = pageAt(index);
    if (!page || page->isBusy())
        return;
    m_tabs->removeTab(index);
    page->deleteLater();
    if (m_tabs->count() == 0) {
        m_centre->setCurrentIndex(0);
        m_list->focusSearch();
    }
}

} // namespace tallystick
