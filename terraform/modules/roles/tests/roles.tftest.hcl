mock_provider "aws" {}

variables {
  stage      = "dev"
  account    = "123456789012"
  region     = "eu-west-1"
  bucket     = "arn:aws:s3:::propensity-dev-123456789012"
  repository = "arn:aws:ecr:eu-west-1:123456789012:repository/propensity-dev"
  log_group  = "/propensity/dev/tasks"
}

run "lets_tasks_do_exactly_this" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["tasks"].policy).Statement : statement.Sid => statement.Action
      } == {
      Read  = ["s3:GetObject"]
      Write = ["s3:AbortMultipartUpload", "s3:PutObject"]
      List  = ["s3:ListBucket"]
      Serve = [
        "sagemaker:AddTags", "sagemaker:CreateEndpoint", "sagemaker:CreateEndpointConfig", "sagemaker:CreateModel",
        "sagemaker:DeleteEndpoint", "sagemaker:DeleteEndpointConfig", "sagemaker:DeleteModel",
        "sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig", "sagemaker:DescribeModel",
        "sagemaker:InvokeEndpoint", "sagemaker:ListTags", "sagemaker:UpdateEndpoint",
        "sagemaker:UpdateEndpointWeightsAndCapacities",
      ]
      FindOldModels = ["sagemaker:ListEndpointConfigs", "sagemaker:ListModels"]
      PassRole      = ["iam:PassRole"]
      Scale = [
        "application-autoscaling:DeregisterScalableTarget", "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
      ]
      DescribeScaling = [
        "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies",
      ]
      CreateScalingRole   = ["iam:CreateServiceLinkedRole"]
      ManageScalingAlarms = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"]
      DescribeAlarms      = ["cloudwatch:DescribeAlarms"]
    }
    error_message = "a task may do these things and no other"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["tasks"].policy).Statement :
      statement.Sid => statement.Resource if contains(["Read", "Write", "List", "Serve", "PassRole"], statement.Sid)
      } == {
      Read = [
        "arn:aws:s3:::propensity-dev-123456789012/store/*",
        "arn:aws:s3:::propensity-dev-123456789012/data/*",
        "arn:aws:s3:::propensity-dev-123456789012/results/*",
        "arn:aws:s3:::propensity-dev-123456789012/capture/*",
      ]
      Write = [
        "arn:aws:s3:::propensity-dev-123456789012/store/*",
        "arn:aws:s3:::propensity-dev-123456789012/results/*",
      ]
      List = ["arn:aws:s3:::propensity-dev-123456789012"]
      Serve = [
        "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/propensity-dev-*",
        "arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/propensity-dev-*",
        "arn:aws:sagemaker:eu-west-1:123456789012:model/propensity-dev-*",
      ]
      PassRole = ["arn:aws:iam::123456789012:role/propensity-dev-sagemaker"]
    }
    error_message = "to what is the stage's own, by name"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["tasks"].policy).Statement :
      statement.Sid => statement.Condition if can(statement.Condition)
      } == {
      List     = { StringLikeIfExists = { "s3:prefix" = ["store/*", "data/*", "results/*", "capture/*"] } }
      PassRole = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
      Scale = {
        StringEquals = {
          "application-autoscaling:service-namespace"  = "sagemaker"
          "application-autoscaling:scalable-dimension" = "sagemaker:variant:DesiredInstanceCount"
        }
      }
      CreateScalingRole = { StringEquals = { "iam:AWSServiceName" = "sagemaker.application-autoscaling.amazonaws.com" } }
    }
    error_message = "and only so"
  }
}

run "lets_sagemakers_containers_do_exactly_this" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["sagemaker"].policy).Statement :
      statement.Sid => [statement.Action, statement.Resource]
      } == {
      Read = [["s3:GetObject"], [
        "arn:aws:s3:::propensity-dev-123456789012/store/*",
        "arn:aws:s3:::propensity-dev-123456789012/results/*",
      ]]
      Write = [["s3:AbortMultipartUpload", "s3:PutObject"], [
        "arn:aws:s3:::propensity-dev-123456789012/store/*",
        "arn:aws:s3:::propensity-dev-123456789012/results/*",
      ]]
      PutCapturedRequests = [["s3:PutObject"], ["arn:aws:s3:::propensity-dev-123456789012/capture/*"]]
      List                = [["s3:ListBucket"], ["arn:aws:s3:::propensity-dev-123456789012"]]
      WriteLogs = [["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], [
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/Endpoints/propensity-dev-*",
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/TrainingJobs",
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/TrainingJobs:*",
      ]]
      WriteMetrics       = [["cloudwatch:PutMetricData"], ["*"]]
      AuthenticateToPull = [["ecr:GetAuthorizationToken"], ["*"]]
      Pull = [
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        ["arn:aws:ecr:eu-west-1:123456789012:repository/propensity-dev"],
      ]
    }
    error_message = "a container may do these things, to these resources, and no other"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["sagemaker"].policy).Statement :
      statement.Sid => statement.Condition if can(statement.Condition)
      } == {
      List         = { StringLikeIfExists = { "s3:prefix" = ["store/*", "results/*"] } }
      WriteMetrics = { StringEquals = { "cloudwatch:namespace" = ["/aws/sagemaker/Endpoints", "/aws/sagemaker/TrainingJobs"] } }
    }
    error_message = "lists below its prefixes, and writes SageMaker's own metrics"
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role.sagemaker.assume_role_policy).Statement :
      [statement.Principal, statement.Action, statement.Condition]
    ] == [[{ Service = "sagemaker.amazonaws.com" }, ["sts:AssumeRole"], { StringEquals = { "aws:SourceAccount" = "123456789012" } }]]
    error_message = "SageMaker takes the role, for this account alone"
  }
}

run "lets_sagemaker_enter_a_network_only_where_there_is_one" {
  command = plan

  variables {
    subnets         = ["subnet-1"]
    security_groups = ["sg-1"]
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["sagemaker"].policy).Statement :
      statement.Sid => [statement.Action, statement.Resource] if endswith(statement.Sid, "Network") || endswith(statement.Sid, "NetworkInterfaces")
      } == {
      CreateNetworkInterfaces = [
        [
          "ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface",
          "ec2:DeleteNetworkInterfacePermission",
        ],
        [
          "arn:aws:ec2:eu-west-1:123456789012:network-interface/*",
          "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1",
          "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
        ],
      ]
      DescribeNetwork = [
        [
          "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets", "ec2:DescribeVpcs",
        ],
        ["*"],
      ]
    }
    error_message = "with subnets, the nine actions that SageMaker requires, in these subnets"
  }
}

run "lets_ecs_hand_over_exactly_the_named_secrets" {
  command = plan

  variables {
    secrets = {
      MLFLOW_TRACKING_PASSWORD = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mlflow-AbCdEf"
      KAGGLE_KEY               = "arn:aws:ssm:eu-west-1:123456789012:parameter/kaggle"
    }
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this["execution"].policy).Statement :
      statement.Sid => [statement.Action, statement.Resource]
      } == {
      AuthenticateToPull = [["ecr:GetAuthorizationToken"], ["*"]]
      Pull = [
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        ["arn:aws:ecr:eu-west-1:123456789012:repository/propensity-dev"],
      ]
      WriteLogs = [
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        ["arn:aws:logs:eu-west-1:123456789012:log-group:/propensity/dev/tasks:*"],
      ]
      ReadSecrets = [
        ["secretsmanager:GetSecretValue"],
        ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:mlflow-AbCdEf"],
      ]
      ReadParameters = [["ssm:GetParameters"], ["arn:aws:ssm:eu-west-1:123456789012:parameter/kaggle"]]
    }
    error_message = "ECS pulls the image, writes the log and reads these secrets"
  }
}

run "lets_airflow_do_exactly_this" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.airflow.policy).Statement : statement.Sid => statement.Action
      } == {
      Exchange               = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      ReadWriteAirflowLogs   = ["s3:GetObject", "s3:PutObject"]
      List                   = ["s3:ListBucket"]
      StartOnEcs             = ["ecs:RunTask"]
      ManageEcsTasks         = ["ecs:DescribeTasks", "ecs:StopTask", "ecs:TagResource"]
      FindOnEcs              = ["ecs:ListTasks"]
      DescribeTaskDefinition = ["ecs:DescribeTaskDefinition"]
      PassTaskRoles          = ["iam:PassRole"]
      PassSageMakerRole      = ["iam:PassRole"]
      Train                  = ["sagemaker:AddTags", "sagemaker:CreateTrainingJob"]
      StopTraining           = ["sagemaker:StopTrainingJob"]
      DescribeTrainingJobs   = ["sagemaker:DescribeTrainingJob"]
      DescribeEndpoints      = ["sagemaker:DescribeEndpoint"]
      FindTraining           = ["sagemaker:ListTrainingJobs"]
      ReadLogs               = ["logs:DescribeLogStreams", "logs:GetLogEvents"]
    }
    error_message = "Airflow may do these things and no other"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.airflow.policy).Statement :
      statement.Sid => statement.Condition if can(statement.Condition)
      } == {
      List              = { StringLikeIfExists = { "s3:prefix" = ["results/*", "airflow-logs/*"] } }
      StartOnEcs        = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-west-1:123456789012:cluster/propensity-dev" } }
      FindOnEcs         = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-west-1:123456789012:cluster/propensity-dev" } }
      PassTaskRoles     = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      PassSageMakerRole = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
      Train             = { StringEquals = { "aws:RequestTag/propensity:environment" = "dev" } }
      StopTraining      = { StringEquals = { "aws:ResourceTag/propensity:environment" = "dev" } }
    }
    error_message = "on its cluster, with its roles, for its stage"
  }
}

run "lets_star_stand_only_where_aws_knows_no_name" {
  command = plan

  variables {
    subnets = ["subnet-1"]
  }

  assert {
    condition = toset(flatten([
      for document in concat([for _, policy in aws_iam_role_policy.this : policy.policy], [aws_iam_policy.airflow.policy]) :
      [for statement in jsondecode(document).Statement : statement.Action if contains(statement.Resource, "*")]
      ])) == toset([
      "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies",
      "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition", "ecs:ListTasks",
      "sagemaker:ListEndpointConfigs", "sagemaker:ListModels", "sagemaker:ListTrainingJobs",
      "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets", "ec2:DescribeVpcs",
    ])
    error_message = "only these actions are allowed on everything"
  }

  assert {
    condition = alltrue(flatten([
      for document in concat([for _, policy in aws_iam_role_policy.this : policy.policy], [aws_iam_policy.airflow.policy]) :
      [for statement in jsondecode(document).Statement : [for action in statement.Action : !strcontains(action, "*")]]
    ]))
    error_message = "no action is a pattern"
  }
}

run "bounds_every_role" {
  command = plan

  variables {
    stage   = "prod"
    region  = "ap-southeast-1"
    bucket  = "arn:aws:s3:::propensity-prod-123456789012"
    subnets = ["subnet-1"]
    secrets = { KAGGLE_KEY = "arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:kaggle-AbCdEf" }
  }

  assert {
    condition = alltrue([
      for role in [aws_iam_role.tasks, aws_iam_role.sagemaker, aws_iam_role.execution] :
      role.permissions_boundary == "arn:aws:iam::123456789012:policy/propensity-prod-boundary"
    ])
    error_message = "each role has the boundary"
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_policy.boundary.policy).Statement : statement.Action])) == toset(
      flatten([for _, policy in aws_iam_role_policy.this : [for statement in jsondecode(policy.policy).Statement : statement.Action]])
    )
    error_message = "the boundary is what the roles may do together"
  }

  assert {
    condition     = length(aws_iam_policy.boundary.policy) <= 6144 && length(aws_iam_policy.airflow.policy) <= 6144
    error_message = "AWS takes no longer policies"
  }
}

run "lets_a_server_put_captured_rows_and_outcomes_and_not_read_them" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.server.policy).Statement :
      statement.Sid => [statement.Effect, statement.Action, statement.Resource]
      } == {
      ReadModelsAndLedgers = ["Allow", ["s3:GetObject"], ["arn:aws:s3:::propensity-dev-123456789012/store/*"]]
      ListLedgers          = ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::propensity-dev-123456789012"]]
      PutCapturedRows      = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::propensity-dev-123456789012/store/captures/*"]]
      PutOutcomes          = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::propensity-dev-123456789012/store/outcomes/*"]]
      PutRetentions        = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::propensity-dev-123456789012/store/*/retention/*"]]
      DoNotReadRowsOfCustomers = ["Deny", ["s3:GetObject"], [
        "arn:aws:s3:::propensity-dev-123456789012/store/captures/*",
        "arn:aws:s3:::propensity-dev-123456789012/store/outcomes/*",
        "arn:aws:s3:::propensity-dev-123456789012/store/*/forgotten/*",
      ]]
    }
    error_message = "a server may do these things and no other"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.server.policy).Statement :
      statement.Sid => statement.Condition if can(statement.Condition)
      } == {
      ListLedgers = { StringLike = { "s3:prefix" = ["store/*/releases/*", "store/*/monitoring/*"] } }
    }
    error_message = "and lists ledgers only"
  }
}

run "lets_pods_of_the_named_cluster_be_tasks" {
  command = plan

  variables {
    kubernetes_cluster = "arn:aws:eks:eu-west-1:123456789012:cluster/airflow"
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role.tasks.assume_role_policy).Statement :
      [statement.Principal.Service, statement.Action, statement.Condition]
      ] == [
      ["ecs-tasks.amazonaws.com", ["sts:AssumeRole"], {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-west-1:123456789012:*" }
      }],
      ["pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"], {
        StringEquals = {
          "aws:SourceAccount" = "123456789012"
          "aws:SourceArn"     = "arn:aws:eks:eu-west-1:123456789012:cluster/airflow"
        }
      }],
    ]
    error_message = "ECS of this account, and pods of this cluster"
  }
}

run "rejects_a_secret_where_its_address_belongs" {
  command = plan

  variables {
    secrets = { KAGGLE_KEY = "not-an-arn" }
  }

  expect_failures = [var.secrets]
}
