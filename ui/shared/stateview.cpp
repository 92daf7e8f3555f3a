// SPDX-License-Identifier: GPL-3.0-or-later
//! Switches between content and its stand-ins, slowly enough not to flicker.
#include "ui/shared/stateview.h"

#include "ui/shared/banner.h"
#include "ui/shared/skeleton.h"
#include "ui/shared/theme.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace tallystick {

using namespace std::chrono_literals;

StateView::StateView(QWidget* content, QWidget* parent)
    : QStackedWidget(parent)
    , m_content(content)
    , m_loading(new QWidget)
    , m_empty(new EmptyState)
    , m_errorPage(new QWidget)
    , m_banner(new Banner)
    , m_cancel(new QPushButton(tr("Cancel")))
{
    m_cancel->setObjectName(QStringLiteral("cancelLoading"));
    m_cancel->setAccessibleName(tr("Cancel loading"));
    auto* loadingColumn = new QVBoxLayout(m_loading);
    loadingColumn->setContentsMargins(0, 0, 0, theme::group);
    loadingColumn->addWidget(new Skeleton, 1);
    loadingColumn->addWidget(m_cancel, 0, Qt::AlignHCenter);
    auto* errorColumn = new QVBoxLayout(m_errorPage);
    errorColumn->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    errorColumn->addWidget(m_banner);
    errorColumn->addStretch();
    for (QWidget* page : {m_content, m_loading, static_cast<QWidget*>(m_empty), m_errorPage})
        addWidget(page);

    m_skeletonTimer.setSingleShot(true);
    m_skeletonTimer.setInterval(150ms);
    m_cancelTimer.setSingleShot(true);
    m_cancelTimer.setInterval(1s);
    connect(&m_skeletonTimer, &QTimer::timeout, this, [this] { setCurrentWidget(m_loading); });
    connect(&m_cancelTimer, &QTimer::timeout, m_cancel, &QWidget::show);
    connect(m_cancel, &QPushButton::clicked, this, &StateView::cancelRequested);
    connect(m_banner, &Banner::actionTriggered, this, &StateView::retryRequested);
    connect(m_empty, &EmptyState::actionTriggered, this, &StateView::emptyActionTriggered);
}

void StateView::showContent()
{
    leaveLoading(State::Content);
    setCurrentWidget(m_content);
}

void StateView::showLoading()
{
    if (m_state == State::Loading)
        return;
    m_state = State::Loading;
    m_cancel->hide();
    m_skeletonTimer.start();
    m_cancelTimer.start();
}

void StateView::showEmpty(const EmptyState::Text& text)
{
    leaveLoading(State::Empty);
    m_empty->show(text);
    setCurrentWidget(m_empty);
}

void StateView::showError(const Error& error, words::Doing doing)
{
    leaveLoading(State::Failed);
    m_banner->showError(error, doing, tr("Retry"));
    setCurrentWidget(m_errorPage);
}

void StateView::leaveLoading(State next)
{
    m_state = next;
    m_skeletonTimer.stop();
    m_cancelTimer.stop();
}

} // namespace tallystick
